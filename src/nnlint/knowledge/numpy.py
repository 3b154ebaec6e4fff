"""NumPy: its tables put together."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.numpy_functions import FUNCTIONS
from nnlint.knowledge.numpy_methods import METHODS
from nnlint.knowledge.spec import Entry, Framework

__all__ = ["FRAMEWORK"]

ENTRIES: Final[dict[str, Entry]] = dict(sorted({**FUNCTIONS, **METHODS}.items()))

FRAMEWORK: Final = Framework(
    name="numpy",
    roots=("numpy",),
    aliases={
        "numpy.core.fromnumeric": "numpy",
        "numpy.core.numeric": "numpy",
        "numpy.float_": "numpy.float64",
        "numpy.random.mtrand": "numpy.random",
        "scipy.sparse.coo_matrix": "scipy.sparse.csr_matrix",
        "scipy.sparse.csc_matrix": "scipy.sparse.csr_matrix",
    },
    entries=ENTRIES,
    nans=("math.nan", "numpy.NAN", "numpy.NaN", "numpy.nan", "torch.nan"),
    inert=(
        "numpy.errstate",
        "numpy.ndarray.dump",
        "numpy.ndarray.tofile",
        "numpy.save",
        "numpy.savetxt",
        "numpy.savez",
        "numpy.savez_compressed",
        "numpy.set_printoptions",
        "numpy.seterr",
        "numpy.testing",
    ),
)
