"""Lowered code by content: a file that did not change is not parsed again.

Pickles, read by an unpickler that knows the node types and nothing else: no file that somebody else put
there can run code. A damaged file is told by its seal.
"""

from __future__ import annotations

import io
import os
import pickle
import time
from contextlib import suppress
from hashlib import blake2b
from operator import attrgetter, itemgetter
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


_PATIENCE = 10.0
"""Seconds to wait for the code that another process is making: it may have died over it."""
_PAUSE = 0.002


class CodeStore(NamedTuple):
    """A folder that holds lowered code.

    shared: whether several processes fill it at a time, so that one waits for what another is making.
    """

    folder: Path
    shared: bool = False

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
        """The code that another process is making just now; None where it is this one's turn."""
        place = self._place(source) if self.shared else None
        if place is None or _claim(place):
            return None
        until = time.monotonic() + _PATIENCE
        while _claimed(place).exists() and time.monotonic() < until:
            time.sleep(_PAUSE)
        return self.load(source)

    def release(self, source: Source) -> None:
        """Let others go on that wait for the code of a file."""
        place = self._place(source) if self.shared else None
        if place is not None:
            with suppress(OSError):
                _claimed(place).unlink()

    def _place(self, source: Source) -> Path | None:
        """Named by the bytes, and by whether they were read as a notebook."""
        if source.stamp is None:
            return None
        name = f"{source.stamp.digest[2:]}{'n' if source.is_notebook else ''}"
        return self.folder / source.stamp.digest[:2] / name


def _claimed(place: Path) -> Path:
    """The file that says that somebody is making what belongs in a place."""
    return place.with_name(f"{place.name}.claim")


def _claim(place: Path) -> bool:
    """Whether it is this process that makes it; a claim that nobody took back in time counts no more."""
    claim = _claimed(place)
    try:
        claim.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        with suppress(OSError):
            return time.time() - claim.stat().st_mtime > _PATIENCE
    except OSError:
        pass
    else:
        return True
    return not claim.exists()


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
