"""The shapes that layers take and give."""

from __future__ import annotations

from collections.abc import Callable

from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.sizes import per_axis, shape_of, size_of, sizes_of
from nnlint.analysis.shape_clashes import clash, shown_place
from nnlint.analysis.shapes import Shape, Size, flattened, product, window
from nnlint.analysis.values import NONE, Built, Constant, Unknown, Value
from nnlint.knowledge import spec
from nnlint.knowledge.windows import Window, window_of

__all__ = ["layer_shape"]

Look = Callable[[str], "Value | None"]
_KEEPS = frozenset({"dropout", "noise", "norm"})


def layer_shape(given: Given, does: spec.Layer) -> Shape | None:
    """The shape of a layer's output; reports input sizes that contradict the layer's own."""
    look = _look(given)
    operand = given.operand(does.operand) if does.operand else None
    before = _input_shape(given, operand, look)
    if does.kind == "input":
        sizes = sizes_of(look("shape"))
        return (
            None if sizes is None or given.get("batch_shape") not in (None, NONE) else Shape((None, *sizes))
        )
    torch = given.name.startswith("torch.")
    if does.kind in {"dense", "recurrent", "embedding"}:
        return _FEATURES[does.kind](given, does, before, look, operand)
    if does.kind == "norm":
        if torch:
            _check_norm(given, does, before, look, operand)
        return before
    if does.kind in _KEEPS:
        return before
    if does.kind in {"conv", "pool"} and does.rank:
        return _windowed(given, does, before, look, operand)
    if does.kind == "global-pool" and before is not None and before.whole and look("keepdims") is None:
        last = look("data_format")
        channels = before.last if last is None or last == NONE else None
        return Shape((before.dims[0], channels)) if len(before.dims) > 2 else None
    if does.kind == "flatten":
        return _flatten(given, before, look)
    if does.kind in {"upsample", "pad"} and before is not None and before.whole and torch and does.rank:
        kept = "Shuffle" not in given.name
        return (
            Shape((*before.dims[:2], *[None] * (len(before.dims) - 2)), True, before.maps) if kept else None
        )
    if does.kind == "reshape" and given.name.rpartition(".")[2] == "Reshape" and before is not None:
        sizes = sizes_of(look("target_shape"))
        return (
            None
            if sizes is None or -1 in sizes
            else Shape((before.dims[0] if before.whole else None, *sizes))
        )
    return None


def _look(given: Given) -> Look:
    """Constructor arguments of an object, arguments of a function call."""
    built = given.receiver
    if not isinstance(built, Built):
        return given.get

    def look(param: str) -> Value | None:
        found = built.args.get(param)
        if found is None and param in built.entry.defaults:
            return Constant(built.entry.defaults[param])  # type: ignore[arg-type]
        return found

    return look


def _input_shape(given: Given, operand: Value | None, look: Look) -> Shape | None:
    """The shape of what comes in: that of the operand, or what a first Keras layer says of it."""
    found = shape_of(operand)
    if found is not None or not given.entry.builds or given.name.startswith("torch."):
        return found
    sizes = sizes_of(look("input_shape"))
    if (
        sizes is not None
        and isinstance(look("input_shape"), Value)
        and not isinstance(look("input_shape"), Constant)
    ):
        return Shape((None, *sizes))
    width = size_of(look("input_dim")) if given.name.endswith(".Dense") else None
    return None if width is None else Shape((None, width))


def _name(given: Given) -> str:
    from nnlint.ir.spell import spell

    short = given.name.rpartition(".")[2]
    return short if given.machine.folding else spell(given.node.func) or short


def _wrong(given: Given, kind: str, text: str, operand: Value | None) -> None:
    clash(given.machine, shown_place(given), kind, f"`{_name(given)}` {text}", operand)


def _dense(
    given: Given, does: spec.Layer, before: Shape | None, look: Look, operand: Value | None
) -> Shape | None:
    if given.name.startswith("tensorflow.") and not does.out_size:
        return None
    wants = size_of(look(does.in_size)) if does.in_size else None
    size = size_of(look(does.out_size)) if does.out_size else None
    pooled = before is not None and before.maps and before.last == 1
    if pooled and given.name.startswith("torch.") and isinstance(look(does.in_size), Unknown):
        # However many features it takes: nobody means a layer of a single one behind a global pooling.
        _wrong(given, "flatten", f"gets feature maps of shape {before}: they were not flattened", operand)
    if before is not None and wants is not None and before.last != wants:
        if before.maps and before.whole and len(before.dims) >= 4 and _wants_maps(wants, before):
            text = f"takes {wants} features and gets feature maps of shape {before}: they were not flattened"
            _wrong(given, "flatten", text, operand)
        elif before.last is not None:
            _wrong(
                given, "features", f"takes {wants} features and gets {before.last}, shape {before}", operand
            )
    return Shape((size,), False) if before is None else before.with_last(size)


def _wants_maps(wants: int, before: Shape) -> bool:
    """Whether a count of features tells of whole maps: not where it may be that of the last axis alone."""
    channels = before.dims[1]
    return before.last is not None or channels is None or (channels > 1 and wants % channels == 0)


def _recurrent(
    given: Given, does: spec.Layer, before: Shape | None, look: Look, operand: Value | None
) -> Shape | None:
    wants = size_of(look(does.in_size)) if does.in_size else None
    if before is not None and before.last is not None and wants is not None and before.last != wants:
        _wrong(given, "features", f"takes {wants} features and gets {before.last}, shape {before}", operand)
    size = size_of(look(does.out_size)) if does.out_size else None
    if given.name.startswith("torch."):
        both = look("bidirectional")
        known = (
            size is not None and look("proj_size") is None and both in (None, Constant(True), Constant(False))
        )
        if known and size is not None:
            # Batches of sequences come in; a single sequence has its last axis in the same place.
            axes = 2 if before is None or not before.whole else len(before.dims) - 1
            return Shape((*[None] * axes, size * (1 + (both == Constant(True)))), True)
    return None


def _embedding(
    _given: Given, does: spec.Layer, before: Shape | None, look: Look, _operand: Value | None
) -> Shape | None:
    size = size_of(look(does.out_size)) if does.out_size else None
    if "Bag" in _given.name:
        return None
    if not does.out_size:
        table = shape_of(look("params"))
        size = table.last if table is not None and table.rank == 2 else None
        if table is None or table.rank != 2:
            return None
    return Shape((size,), False) if before is None else Shape((*before.dims, size), before.whole)


def _check_norm(
    given: Given, does: spec.Layer, before: Shape | None, look: Look, operand: Value | None
) -> None:
    wants = size_of(look(does.in_size)) if does.in_size else None
    if before is None or not before.whole or wants is None or len(before.dims) < 2:
        return
    if does.rank >= 2 and len(before.dims) == 2:
        _wrong(given, "rank", f"takes {does.rank + 2} axes and gets shape {before}", operand)
    elif before.dims[1] not in (None, wants) and (
        not does.rank or len(before.dims) == does.rank + 2 or does.rank == 1
    ):
        _wrong(
            given, "channels", f"takes {wants} channels and gets {before.dims[1]}, shape {before}", operand
        )


def _flatten(given: Given, before: Shape | None, look: Look) -> Shape | None:
    if before is None or not before.whole:
        return None
    if not given.name.startswith("torch."):
        return Shape((before.dims[0], product(before.dims[1:])))
    start, end = size_of(look("start_dim")), size_of(look("end_dim"))
    return None if start is None or end is None else flattened(before, start, end)


def _windowed(
    given: Given, does: spec.Layer, before: Shape | None, look: Look, operand: Value | None
) -> Shape | None:
    """Convolutions and pooling."""
    rules = window_of(given.name)
    if rules is None:
        return None
    first = _channels_first(rules, look)
    if first is None or "LP" in given.name or "Fractional" in given.name or "in_plane" in given.name:
        return None
    rank = does.rank
    filters = shape_of(look("filter") or look("filters")) if rules.per_axis else None
    out = _out_channels(does, given.name, before, look, filters, first)
    if before is None or not before.whole or len(before.dims) not in (rank + 1, rank + 2):
        if before is not None and before.whole and len(before.dims) < rank + 1:
            _wrong(given, "rank", f"takes {rank + 2} axes and gets shape {before}", operand)
        if before is not None and before.whole and len(before.dims) > rank + 2:
            return None
        pooled = "adaptive" in given.name.lower()
        sizes = per_axis(look("output_size"), rank) if pooled else (None,) * rank
        return Shape((None, out, *sizes) if first else (None, *sizes, out), True, first)
    batch = before.dims[:1] if len(before.dims) == rank + 2 else ()
    if not batch and not given.name.startswith("torch."):
        return None
    channels = before.dims[len(batch)] if first else before.last
    _check_channels(given, does, before, look, operand, channels, filters)
    spatial = before.dims[len(batch) + 1 :] if first else before.dims[len(batch) : -1]
    sizes = _spatial(given, does, rules, look, spatial, filters, first)
    if any(size is not None and size <= 0 for size in sizes):
        return None
    kept = channels if does.kind == "pool" else out
    return Shape((*batch, kept, *sizes) if first else (*batch, *sizes, kept), True, first)


def _channels_first(rules: Window, look: Look) -> bool | None:
    layout = look(rules.layout) if rules.layout else None
    if layout is None or layout == NONE:
        return rules.channels_first
    if isinstance(layout, Constant) and isinstance(layout.value, str):
        return layout.value in {"channels_first", "NCHW", "NCW", "NCDHW"}
    return None


def _out_channels(
    does: spec.Layer, name: str, before: Shape | None, look: Look, filters: Shape | None, first: bool
) -> Size:
    if does.kind == "pool":
        if before is None or not before.whole:
            return None
        return before.dims[1] if first and len(before.dims) > 1 else before.last
    if filters is not None and filters.whole:
        turned = "transpose" in name and len(filters.dims) > 1
        return filters.dims[-2] if turned else filters.last
    return size_of(look(does.out_size)) if does.out_size else None


def _check_channels(
    given: Given, does: spec.Layer, before: Shape, look: Look, operand: Value | None, channels: Size,
    filters: Shape | None,
) -> None:  # fmt: skip
    wants = size_of(look(does.in_size)) if does.in_size else None
    if filters is not None and len(filters.dims) == does.rank + 2 and "transpose" not in given.name:
        wants = filters.dims[-2]
    if channels is not None and wants is not None and channels != wants:
        _wrong(given, "channels", f"takes {wants} channels and gets {channels}, shape {before}", operand)


def _spatial(
    given: Given, does: spec.Layer, rules: Window, look: Look, spatial: tuple[Size, ...],
    filters: Shape | None, first: bool,
) -> tuple[Size, ...]:  # fmt: skip
    """The sizes of the spatial axes behind the window."""
    rank = len(spatial)
    name = given.name.rpartition(".")[2].lower()
    if "adaptive" in name:
        return per_axis(look("output_size"), rank)
    if "transpose" in name or look("ceil_mode") not in (None, Constant(False)):
        return (None,) * rank
    kernel = (
        filters.dims[:rank]
        if filters is not None and filters.whole
        else _axes(rules, rules.kernel, look, rank, first)
    )
    default = (
        kernel
        if does.kind == "pool" and rules.pool_stride is None
        else (rules.pool_stride if does.kind == "pool" else 1,) * rank
    )
    stride = _axes(rules, rules.stride, look, rank, first, default)
    dilation = (1,) * rank if rules.per_axis else _axes(rules, rules.dilation, look, rank, first, (1,) * rank)
    padding = _padding(rules, does, look, rank)
    return tuple(window(*each) for each in zip(spatial, kernel, stride, padding, dilation, strict=True))


def _axes(
    rules: Window,
    names: tuple[str, ...],
    look: Look,
    rank: int,
    first: bool,
    default: tuple[Size, ...] | None = None,
) -> tuple[Size, ...]:
    value = next((found for name in names if (found := look(name)) is not None), None)
    if value is None or value == NONE:
        return (None,) * rank if default is None else default
    if rules.per_axis:
        sizes = sizes_of(value)
        if sizes is None or len(sizes) not in (1, rank + 2):
            return per_axis(value, rank)
        return sizes * rank if len(sizes) == 1 else sizes[2:] if first else sizes[1:-1]
    return per_axis(value, rank)


def _padding(rules: Window, does: spec.Layer, look: Look, rank: int) -> tuple[Size | str, ...]:
    value = look("padding")
    if value is None:
        default = rules.pool_padding if does.kind == "pool" else rules.conv_padding
        return (default or None,) * rank if isinstance(default, str) else (default,) * rank
    if isinstance(value, Constant) and isinstance(value.value, str):
        text = value.value.lower()
        return (text if text in {"same", "valid"} else None,) * rank
    return per_axis(value, rank)


_FEATURES = {"dense": _dense, "recurrent": _recurrent, "embedding": _embedding}
