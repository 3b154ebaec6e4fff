"""Pictures read from files: pixels from 0 to 255, until something scales them."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.spec import Entry, Framework, Keep, Load, call

__all__ = ["FRAMEWORK"]

_READ: Final = Load("array", raw=True)

ENTRIES: Final[dict[str, Entry]] = {
    "PIL.Image.Image.convert": call("mode ...", Keep("self")),
    "PIL.Image.Image.copy": call("", Keep("self")),
    "PIL.Image.Image.crop": call("box", Keep("self")),
    "PIL.Image.Image.resize": call("size ...", Keep("self")),
    "PIL.Image.Image.rotate": call("angle ...", Keep("self")),
    "PIL.Image.Image.transpose": call("method", Keep("self")),
    "PIL.Image.fromarray": call("obj mode", Keep("obj")),
    "PIL.Image.open": call("fp ...", _READ, isa="PIL.Image.Image"),
    "cv2.cvtColor": call("src ...", Keep("src")),
    "cv2.imread": call("filename ...", _READ),
    "cv2.resize": call("src ...", Keep("src")),
    "imageio.imread": call("uri ...", _READ),
}

FRAMEWORK: Final = Framework(name="pictures", roots=("PIL", "cv2", "imageio"), entries=ENTRIES)
