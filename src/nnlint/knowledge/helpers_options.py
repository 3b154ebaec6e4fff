"""Objects that hold options: their attributes are the keywords and dicts they are made with."""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.spec import Bag, Entry, call

__all__ = ["OPTIONS"]

_BAG: Final = call("...", Bag())

OPTIONS: Final[dict[str, Entry]] = {
    "addict.Dict": _BAG,
    "argparse.Namespace": _BAG,
    "attrdict.AttrDict": _BAG,
    "box.Box": _BAG,
    "dotmap.DotMap": _BAG,
    "easydict.EasyDict": _BAG,
    "ml_collections.ConfigDict": _BAG,
    "ml_collections.FrozenConfigDict": _BAG,
    "ml_collections.config_dict.ConfigDict": _BAG,
    "munch.Munch": _BAG,
    "omegaconf.DictConfig": _BAG,
    "omegaconf.OmegaConf.create": _BAG,
    "tf_slim.training.HParams": call("...", Bag(), until="2.0"),
    "types.SimpleNamespace": _BAG,
}
