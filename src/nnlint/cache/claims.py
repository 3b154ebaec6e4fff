"""Who of several processes is making what: locks on the bytes of one file, which go when a process ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import ModuleType

locking: ModuleType | None
try:
    import fcntl as locking
except ImportError:  # Windows: what two processes need is made twice at worst
    locking = None

__all__ = ["Claims"]

_BITS = 60
"""Places in a file are signed numbers of 64 bits."""


class Claims:
    """Claims on texts, by their digests, which every process over the same folder respects.

    A file system that knows no locks lets everybody have everything.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "claims"
        self._file: int | None = None

    def take(self, digest: str) -> bool:
        """Whether it is this process that makes it; False after another one made it or gave it up."""
        if locking is None:
            return True
        try:
            locking.lockf(self._open(), locking.LOCK_EX | locking.LOCK_NB, 1, _place(digest))
        except (BlockingIOError, PermissionError):  # POSIX leaves open which
            return self._waits(digest)
        except OSError:
            return True
        return True

    def release(self, digest: str) -> None:
        """Let others go on that wait for it."""
        if locking is not None and self._file is not None:
            with suppress(OSError):
                locking.lockf(self._file, locking.LOCK_UN, 1, _place(digest))

    def _waits(self, digest: str) -> bool:
        """Go on when the other process is done; True where that cannot be known."""
        assert locking is not None
        try:
            locking.lockf(self._open(), locking.LOCK_EX, 1, _place(digest))
        except OSError:
            return True
        self.release(digest)
        return False

    def _open(self) -> int:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        return self._file


def _place(digest: str) -> int:
    """The byte that stands for a text."""
    return int(digest[: _BITS // 4], 16)
