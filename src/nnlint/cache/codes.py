"""Lowered code by content: a file that did not change is not parsed again.

Pickles, read by an unpickler that knows the node types and nothing else: no file that somebody else put
there can run code. A damaged file is told by its seal.
"""

from __future__ import annotations

import io
import pickle
from hashlib import blake2b
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from nnlint.cache.claims import Claims
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
_FIELDS = "_fields_in_order"
for _kind in _NODES.values():
    setattr(_kind, _FIELDS, property(itemgetter(slice(None))))
_REDUCERS = dict.fromkeys(_NODES.values(), attrgetter("__class__", _FIELDS))
"""A node is its class, called with its fields. Nothing here is a Python function: `__getnewargs__` of named
tuples is one, and takes longer than all the rest of writing a node."""
_PLAIN = {("builtins", "frozenset"): frozenset, ("builtins", "complex"): complex}


_SEAL = 16


def _seal(data: bytes) -> bytes:
    """What tells a damaged file."""
    return blake2b(data, digest_size=_SEAL).digest()


class CodeStore(NamedTuple):
    """A folder that holds lowered code.

    claims: where several processes fill it at a time, so that one waits for what another is making.
    """

    folder: Path
    claims: Claims | None = None

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
            data = _dumped(code._replace(path=""))
            write(place, _seal(data) + data)

    def made_elsewhere(self, source: Source) -> nodes.ModuleIR | None:
        """The code that another process is making or has just made; None where it is this one's turn."""
        place = self._place(source)
        if self.claims is None or place is None or source.stamp is None:
            return None
        if not self.claims.take(source.stamp.digest):
            return self.load(source)
        known = self.load(source) if place.exists() else None
        if known is not None:
            self.claims.release(source.stamp.digest)
        return known

    def release(self, source: Source) -> None:
        """Let others go on that wait for the code of a file."""
        if self.claims is not None and source.stamp is not None:
            self.claims.release(source.stamp.digest)

    def _place(self, source: Source) -> Path | None:
        """Named by the bytes, and by whether they were read as a notebook."""
        if source.stamp is None:
            return None
        name = f"{source.stamp.digest[2:]}{'n' if source.is_notebook else ''}"
        return self.folder / source.stamp.digest[:2] / name


def _dumped(code: nodes.ModuleIR) -> bytes:
    """The pickle of some code."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(code)
    return buffer.getvalue()


class _Reader(pickle.Unpickler):
    """Makes nodes and plain values only."""

    def find_class(self, module: str, name: str) -> Any:
        found = _NODES.get((module, name)) or _PLAIN.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no node")
        return found
