"""Pictures read from files: pixels from 0 to 255, until something scales them."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.spec import Entry, Framework, Keep, Load, call

__all__ = ["FRAMEWORK"]

_READ: Final = Load("array", raw=True)

ENTRIES: Final[dict[str, Entry]] = {
    "PIL.Image.fromarray": call("obj mode", Keep("obj")),
    "PIL.Image.open": call("fp ...", _READ, isa="PIL.Image.Image"),
    "cv2.cvtColor": call("src ...", Keep("src")),
    "cv2.imread": call("filename ...", _READ),
    "cv2.resize": call("src ...", Keep("src")),
    "imageio.imread": call("uri ...", _READ),
}

FRAMEWORK: Final = Framework(name="pictures", roots=("PIL", "cv2", "imageio"), entries=ENTRIES)
