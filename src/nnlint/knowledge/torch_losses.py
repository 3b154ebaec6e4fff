"""PyTorch: the losses, as classes of `torch.nn` and as functions.

What a loss wants follows from its formula: cross-entropy takes the logarithm of a softmax of its input
(so raw scores), `nll_loss` only picks and negates (so log-probabilities), `kl_div` subtracts its input
from the logarithm of the target (so log-probabilities against a distribution), `soft_margin_loss` is
log(1 + exp(-y x)), the logarithm of a sigmoid of y x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nnlint.knowledge.spec import Entry, Loss, Scale, build, call

__all__ = ["LOSSES"]

_OLD = "size_average reduce reduction"
_CE = Loss(
    Scale.LOGITS, "input", "target", "multiclass", applies="softmax", targets="ids", reduction="reduction"
)
_NLL = Loss(Scale.LOG_PROBABILITIES, "input", "target", "multiclass", targets="ids", reduction="reduction")
_BCE = Loss(Scale.PROBABILITIES, "input", "target", "binary", targets="binary", reduction="reduction")
_BCE_LOGITS = replace(_BCE, wants=Scale.LOGITS, applies="sigmoid")
_KL = replace(_NLL, task="distribution", targets="distribution")
_CTC = Loss(Scale.LOG_PROBABILITIES, "log_probs", "targets", "sequence", targets="ids", reduction="reduction")
_VALUES = Loss(Scale.UNKNOWN, "input", "target", "regression", targets="values", reduction="reduction")
_MARGIN = Loss(Scale.UNKNOWN, "input", "target", "multiclass", targets="ids", reduction="reduction")
_MULTI_MARGIN = replace(_MARGIN, task="multilabel")
_MULTI_SOFT = replace(_BCE_LOGITS, task="multilabel")
_SOFT = replace(_BCE_LOGITS, targets="")
_HINGE = Loss(Scale.UNKNOWN, "input", "target", reduction="reduction")
_PAIR = Loss(Scale.UNKNOWN, "input1", "target", reduction="reduction")
_TRIPLET = Loss(Scale.UNKNOWN, "anchor", "", reduction="reduction")
_FUSED = replace(_CE, wants=Scale.UNKNOWN)


def _loss(params: str, does: Loss, operands: str = "input target", **defaults: object) -> Entry:
    """A loss class; every one of them averages unless told otherwise."""
    entry = build(params, does, operands=operands, isa="torch.nn.Module")
    return replace(entry, defaults={"reduction": "mean", **defaults})


def _function(params: str, does: Loss, **defaults: object) -> Entry:
    """A loss function; every one of them averages unless told otherwise."""
    return replace(call(params, does, isa="torch.Tensor"), defaults={"reduction": "mean", **defaults})


_CTC_OPERANDS = "log_probs targets input_lengths target_lengths"
_TRIPLE = "anchor positive negative"

_CLASSES: Mapping[str, Entry] = {
    "BCELoss": _loss(f"weight {_OLD}", _BCE),
    "BCEWithLogitsLoss": _loss(f"weight {_OLD} pos_weight", _BCE_LOGITS),
    "CTCLoss": _loss("blank reduction zero_infinity", _CTC, _CTC_OPERANDS),
    "CosineEmbeddingLoss": _loss(f"margin {_OLD}", _PAIR, "input1 input2 target"),
    "CrossEntropyLoss": _loss("weight size_average ignore_index reduce reduction label_smoothing", _CE),
    "GaussianNLLLoss": _loss("* full eps reduction", _VALUES, "input target var"),
    "HingeEmbeddingLoss": _loss(f"margin {_OLD}", _HINGE),
    "HuberLoss": _loss("reduction delta", _VALUES),
    "KLDivLoss": _loss(f"{_OLD} log_target", _KL, log_target=False),
    "L1Loss": _loss(_OLD, _VALUES),
    "LinearCrossEntropyLoss": _loss("in_features num_classes * reduction ...", _FUSED),
    "MSELoss": _loss(_OLD, _VALUES),
    "MarginRankingLoss": _loss(f"margin {_OLD}", _PAIR, "input1 input2 target"),
    "MultiLabelMarginLoss": _loss(_OLD, _MULTI_MARGIN),
    "MultiLabelSoftMarginLoss": _loss(f"weight {_OLD}", _MULTI_SOFT),
    "MultiMarginLoss": _loss(f"p margin weight {_OLD}", _MARGIN),
    "NLLLoss": _loss("weight size_average ignore_index reduce reduction", _NLL),
    "NLLLoss2d": _loss("weight size_average ignore_index reduce reduction", _NLL),
    "PoissonNLLLoss": _loss(
        "log_input full size_average eps reduce reduction",
        replace(_VALUES, prediction="log_input"), "log_input target", log_input=True,
    ),
    "SmoothL1Loss": _loss(f"{_OLD} beta", _VALUES),
    "SoftMarginLoss": _loss(_OLD, _SOFT),
    "TripletMarginLoss": _loss(f"margin p eps swap {_OLD}", _TRIPLET, _TRIPLE),
    "TripletMarginWithDistanceLoss": _loss(
        "* distance_function margin swap reduction", _TRIPLET, _TRIPLE
    ),
}  # fmt: skip

_FUNCTIONS: Mapping[str, Entry] = {
    "binary_cross_entropy": _function(f"input target weight {_OLD}", _BCE),
    "binary_cross_entropy_with_logits": _function(f"input target weight {_OLD} pos_weight", _BCE_LOGITS),
    "cosine_embedding_loss": _function(f"input1 input2 target margin {_OLD}", _PAIR),
    "cross_entropy": _function(
        "input target weight size_average ignore_index reduce reduction label_smoothing", _CE
    ),
    "ctc_loss": _function(f"{_CTC_OPERANDS} blank reduction zero_infinity", _CTC),
    "gaussian_nll_loss": _function("input target var full eps reduction", _VALUES),
    "hinge_embedding_loss": _function(f"input target margin {_OLD}", _HINGE),
    "huber_loss": _function("input target reduction delta ...", _VALUES),
    "kl_div": _function(f"input target {_OLD} log_target", _KL, log_target=False),
    "l1_loss": _function(f"input target {_OLD} ...", _VALUES),
    "linear_cross_entropy": _function("input linear_weight target * reduction ...", _FUSED),
    "margin_ranking_loss": _function(f"input1 input2 target margin {_OLD}", _PAIR),
    "mse_loss": _function(f"input target {_OLD} ...", _VALUES),
    "multi_margin_loss": _function(f"input target p margin weight {_OLD}", _MARGIN),
    "multilabel_margin_loss": _function(f"input target {_OLD}", _MULTI_MARGIN),
    "multilabel_soft_margin_loss": _function(f"input target weight {_OLD}", _MULTI_SOFT),
    "nll_loss": _function("input target weight size_average ignore_index reduce reduction", _NLL),
    "poisson_nll_loss": _function(
        "input target log_input full size_average eps reduce reduction", _VALUES, log_input=True
    ),
    "smooth_l1_loss": _function(f"input target {_OLD} beta", _VALUES),
    "soft_margin_loss": _function(f"input target {_OLD}", _SOFT),
    "triplet_margin_loss": _function(f"{_TRIPLE} margin p eps swap {_OLD}", _TRIPLET),
    "triplet_margin_with_distance_loss": _function(
        f"{_TRIPLE} * distance_function margin swap reduction", _TRIPLET
    ),
}

_BOXES = Loss(Scale.UNKNOWN, "boxes1", "boxes2", "regression", targets="values", reduction="reduction")
_VISION: Mapping[str, Entry] = {
    "torchvision.ops.complete_box_iou_loss": call("boxes1 boxes2 reduction eps", _BOXES, reduction="none"),
    "torchvision.ops.distance_box_iou_loss": call("boxes1 boxes2 reduction eps", _BOXES, reduction="none"),
    "torchvision.ops.generalized_box_iou_loss": call("boxes1 boxes2 reduction eps", _BOXES, reduction="none"),
    "torchvision.ops.sigmoid_focal_loss": call(
        "inputs targets alpha gamma reduction",
        replace(_BCE_LOGITS, prediction="inputs", target="targets"), reduction="none",
    ),
}  # fmt: skip

LOSSES: Mapping[str, Entry] = dict(
    sorted(
        {
            **{f"torch.nn.{name}": entry for name, entry in _CLASSES.items()},
            **{f"torch.nn.functional.{name}": entry for name, entry in _FUNCTIONS.items()},
            **_VISION,
        }.items()
    )
)
