"""How each framework spells the sizes of convolution and pooling windows."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Window", "window_of"]


@dataclass(frozen=True, slots=True)
class Window:
    """Parameter names and defaults of one framework's windows.

    kernel, stride, padding, dilation, layout: parameters, the first one a signature has counts.
    conv_stride, pool_stride: what applies when no stride is given (None: the kernel size).
    channels_first: where the channel axis is unless `layout` says otherwise.
    per_axis: sizes are given for every axis of the array, batch and channels included.
    """

    kernel: tuple[str, ...]
    stride: tuple[str, ...]
    dilation: tuple[str, ...]
    conv_padding: int | str
    pool_padding: int | str
    pool_stride: int | None
    channels_first: bool
    per_axis: bool = False
    layout: str = "data_format"


_TORCH = Window(("kernel_size",), ("stride",), ("dilation",), 0, 0, None, True, layout="")
_KERAS = Window(("kernel_size", "pool_size"), ("strides",), ("dilation_rate",), "valid", "valid", None, False)
_SLIM = Window(("kernel_size",), ("stride",), ("rate",), "same", "valid", 2, False)
_RAW = Window(("ksize",), ("strides", "stride"), ("dilations",), "", "", 0, False, per_axis=True)

_BY_PREFIX = (
    ("torch.", _TORCH),
    ("keras.", _KERAS),
    ("tf_slim.", _SLIM),
    ("tensorflow.nn.", _RAW),
    ("tensorflow.layers.", _KERAS),
)


def window_of(name: str) -> Window | None:
    """The conventions that hold for a canonical name; None for frameworks that are not described."""
    return next((window for prefix, window in _BY_PREFIX if name.startswith(prefix)), None)
