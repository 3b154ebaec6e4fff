"""Networks of libraries that behave otherwise while training, by their names and by what they are told."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["of_family", "told_to_drop"]

_NORMALISES = "it normalises by batches while training"
_DROPS = "it drops units while training"
_FAMILIES: Mapping[str, str] = {
    "alexnet": _DROPS,
    "cspresnet": _NORMALISES,
    "deeplabv3": _NORMALISES,
    "densenet": _NORMALISES,
    "dla": _NORMALISES,
    "dpn": _NORMALISES,
    "ecaresnet": _NORMALISES,
    "efficientnet": _NORMALISES,
    "fcn_resnet": _NORMALISES,
    "ghostnet": _NORMALISES,
    "googlenet": _NORMALISES,
    "hrnet": _NORMALISES,
    "inception": _NORMALISES,
    "lraspp": _NORMALISES,
    "mnasnet": _NORMALISES,
    "mobilenet": _NORMALISES,
    "regnet": _NORMALISES,
    "res2net": _NORMALISES,
    "resnest": _NORMALISES,
    "resnet": _NORMALISES,
    "resnext": _NORMALISES,
    "seresnet": _NORMALISES,
    "seresnext": _NORMALISES,
    "shufflenet": _NORMALISES,
    "skresnet": _NORMALISES,
    "squeezenet": _DROPS,
    "tf_efficientnet": _NORMALISES,
    "vgg": _DROPS,
    "wide_resnet": _NORMALISES,
    "xception": _NORMALISES,
}
"""Beginnings of names, and what networks of such a name do as they are made."""
_OTHER_NORM = re.compile(r"_gn|_bit|evos|\bnf_|mobilenetv5")
_SEGMENT = frozenset(
    {"DeepLabV3", "DeepLabV3Plus", "FPN", "Linknet", "MAnet", "PAN", "PSPNet", "Unet", "UnetPlusPlus"}
)
_DROPPING = frozenset(
    {
        "attention_dropout", "attn_drop", "attn_dropout", "drop", "drop_out", "drop_prob", "drop_rate",
        "drop_ratio", "dropout", "dropout_p", "dropout_prob", "dropout_rate", "emb_dropout", "ff_dropout",
        "p_dropout",
    }
)  # fmt: skip
"""What networks call the share of units that they drop."""


def of_family(name: str, first: object) -> str:
    """What the network that a function of a library makes does while training; "" if that is not known.

    name: of the function. first: the first argument, by which some are told which network.
    """
    root, _, last = name.partition(".")
    last = last.rpartition(".")[2]
    if root == "torchvision":
        return _family(last) if name.startswith("torchvision.models.") and ".detection." not in name else ""
    if name == "timm.create_model" and isinstance(first, str):
        # Dropout is off in those, as they are made.
        found = "" if _OTHER_NORM.search(first) else _family(first)
        return found if found == _NORMALISES else _NORMALISES if "_bn" in first else ""
    return _NORMALISES if root == "segmentation_models_pytorch" and last in _SEGMENT else ""


def _family(name: str) -> str:
    return next((does for start, does in _FAMILIES.items() if name.startswith(start)), "")


def told_to_drop(options: Mapping[str, object]) -> str:
    """The option by which a network is told to drop units, as the code writes it; "" if it is not told to."""
    for name, value in options.items():
        if name in _DROPPING and isinstance(value, (int, float)) and 0 < value < 1:
            return f"{name}={value}"
    return ""
