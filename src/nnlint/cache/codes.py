"""Lowered code by content: a file that did not change is not parsed again.

Pickles, read by an unpickler that knows the node types and nothing else: no file that somebody else put
there can run code. A damaged file is told by its seal.
"""

from __future__ import annotations

import io
import pickle
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from nnlint.cache.folder import write
from nnlint.ir import expressions, nodes
from nnlint.source import Source

__all__ = ["CodeStore"]

_NODES = {
    (module.__name__, name): kind
    for module in (expressions, nodes)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, tuple) and kind.__module__ == module.__name__
}
_PLAIN = {("builtins", "frozenset"): frozenset, ("builtins", "complex"): complex}


_SEAL = 16


def _seal(data: bytes) -> bytes:
    """What tells a damaged file."""
    return blake2b(data, digest_size=_SEAL).digest()


class CodeStore(NamedTuple):
    """The part of the cache folder that holds lowered code."""

    folder: Path

    def load(self, source: Source) -> nodes.ModuleIR | None:
        """The code of a file with this very content, None where there is none."""
        place = self._place(source)
        if place is None:
            return None
        try:
            data = place.read_bytes()
            if data[:_SEAL] != _seal(data[_SEAL:]):
                return None
            code = _Reader(io.BytesIO(data[_SEAL:])).load()
        except Exception:  # unpickling what is broken can raise anything
            return None
        return code._replace(path=str(source.path)) if type(code) is nodes.ModuleIR else None

    def save(self, source: Source, code: nodes.ModuleIR) -> None:
        """Keep the code of a file."""
        place = self._place(source)
        if place is not None:
            data = pickle.dumps(code._replace(path=""), 5)
            write(place, _seal(data) + data)

    def _place(self, source: Source) -> Path | None:
        """Named by the bytes, and by whether they were read as a notebook."""
        if source.stamp is None:
            return None
        name = f"{source.stamp.digest[2:]}{'n' if source.is_notebook else ''}"
        return self.folder / source.stamp.digest[:2] / name


class _Reader(pickle.Unpickler):
    """Makes nodes and plain values only."""

    def find_class(self, module: str, name: str) -> Any:
        found = _NODES.get((module, name)) or _PLAIN.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no node")
        return found
