"""PyTorch: every table of the framework, merged."""

from __future__ import annotations

from nnlint.knowledge.spec import Base, Framework
from nnlint.knowledge.torch_activations import ACTIVATIONS
from nnlint.knowledge.torch_data import DATA
from nnlint.knowledge.torch_functions import FUNCTIONS
from nnlint.knowledge.torch_layers import LAYERS
from nnlint.knowledge.torch_lists import LISTS
from nnlint.knowledge.torch_losses import LOSSES
from nnlint.knowledge.torch_module import MODULES
from nnlint.knowledge.torch_optim import OPTIMIZERS
from nnlint.knowledge.torch_rest import REST
from nnlint.knowledge.torch_tensor import TENSOR
from nnlint.knowledge.torch_training import TRAINING

__all__ = ["FRAMEWORK"]

_NN_MODULES = (
    "activation", "adaptive", "batchnorm", "channelshuffle", "container", "conv", "distance", "dropout",
    "flatten", "fold", "instancenorm", "linear", "loss", "module", "normalization", "padding", "pixelshuffle",
    "pooling", "rnn", "sparse", "transformer", "upsampling",
)  # fmt: skip
_OPTIM_MODULES = (
    "adadelta", "adagrad", "adam", "adamax", "adamw", "asgd", "lbfgs", "nadam", "optimizer", "radam",
    "rmsprop", "rprop", "sgd", "sparse_adam",
)  # fmt: skip
_TYPED = ("BoolTensor", "ByteTensor", "DoubleTensor", "FloatTensor", "HalfTensor", "IntTensor", "LongTensor")
_LAYERS_IN_TORCH = (
    "adaptive_avg_pool1d", "avg_pool1d", "bilinear", "channel_shuffle", "conv1d", "conv2d", "conv3d",
    "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "pdist", "pixel_shuffle", "pixel_unshuffle",
    "rms_norm",
)  # fmt: skip

_ALIASES = {
    "torch.arccos": "torch.acos",
    "torch.arcsin": "torch.asin",
    "torch.absolute": "torch.abs",
    "torch.autograd.enable_grad": "torch.enable_grad",
    "torch.autograd.function": "torch.autograd",
    "torch.autograd.grad_mode": "torch",
    "torch.autograd.inference_mode": "torch.inference_mode",
    "torch.autograd.no_grad": "torch.no_grad",
    "torch.autograd.set_grad_enabled": "torch.set_grad_enabled",
    "torch.cuda.amp.grad_scaler": "torch.cuda.amp",
    "torch.cuda.random": "torch.cuda",
    "torch.functional": "torch",
    "torch.nn.modules": "torch.nn",
    "torch.nn.parallel.DataParallel": "torch.nn.DataParallel",
    "torch.nn.parallel.data_parallel.DataParallel": "torch.nn.DataParallel",
    "torch.nn.parallel.distributed": "torch.nn.parallel",
    "torch.nn.parameter": "torch.nn",
    "torch.nn.utils.clip_grad": "torch.nn.utils",
    "torch.nn.utils.clip_grad_norm": "torch.nn.utils.clip_grad_norm_",
    "torch.optim.lr_scheduler._LRScheduler": "torch.optim.lr_scheduler.LRScheduler",
    "torch.random.manual_seed": "torch.manual_seed",
    "torch.utils.data.dataloader": "torch.utils.data",
    "torch.utils.data.dataset": "torch.utils.data",
    "torch.utils.data.distributed": "torch.utils.data",
    "torch.utils.data.sampler": "torch.utils.data",
    "torchvision.ops.ciou_loss": "torchvision.ops",
    "torchvision.ops.diou_loss": "torchvision.ops",
    "torchvision.ops.focal_loss": "torchvision.ops",
    "torchvision.ops.giou_loss": "torchvision.ops",
    **{f"torch.nn.modules.{name}": "torch.nn" for name in _NN_MODULES},
    **{f"torch.optim.{name}": "torch.optim" for name in _OPTIM_MODULES},
    **{f"torch.{name}": "torch.Tensor" for name in _TYPED},
    **{f"torch.cuda.{name}": "torch.Tensor" for name in _TYPED},
    **{f"torch.{name}": f"torch.nn.functional.{name}" for name in _LAYERS_IN_TORCH},
}

FRAMEWORK = Framework(
    name="torch",
    roots=("torch", "torchvision"),
    aliases=dict(sorted(_ALIASES.items())),
    entries=dict(
        sorted(
            entry
            for table in (
                ACTIVATIONS, DATA, FUNCTIONS, LAYERS, LOSSES, LISTS, MODULES, OPTIMIZERS, REST, TENSOR,
                TRAINING,
            )
            for entry in table.items()
        )
    ),
    bases={
        "torch.autograd.Function": Base("", tracks=False),
        "torch.nn.Module": Base("forward"),
        "torch.optim.Optimizer": Base(""),
        "torch.optim.lr_scheduler.LRScheduler": Base(""),
        "torch.utils.data.Dataset": Base(""),
        "torch.utils.data.IterableDataset": Base("", isa="torch.utils.data.Dataset"),
        "torch.utils.data.Sampler": Base(""),
    },
    inert=(
        "torch.backends",
        "torch.cuda.current_device",
        "torch.cuda.current_stream",
        "torch.cuda.device",
        "torch.cuda.device_count",
        "torch.cuda.empty_cache",
        "torch.cuda.get_device_name",
        "torch.cuda.get_device_properties",
        "torch.cuda.is_available",
        "torch.cuda.is_bf16_supported",
        "torch.cuda.max_memory_allocated",
        "torch.cuda.memory_allocated",
        "torch.cuda.memory_reserved",
        "torch.cuda.memory_summary",
        "torch.cuda.nvtx",
        "torch.cuda.reset_peak_memory_stats",
        "torch.cuda.set_device",
        "torch.cuda.synchronize",
        "torch.distributed.barrier",
        "torch.distributed.destroy_process_group",
        "torch.distributed.get_rank",
        "torch.distributed.get_world_size",
        "torch.distributed.init_process_group",
        "torch.distributed.is_available",
        "torch.distributed.is_initialized",
        "torch.distributed.new_group",
        "torch.finfo",
        "torch.get_default_dtype",
        "torch.get_num_threads",
        "torch.get_rng_state",
        "torch.iinfo",
        "torch.is_grad_enabled",
        "torch.is_tensor",
        "torch.numel",
        "torch.set_default_device",
        "torch.testing",
        "torch.set_default_dtype",
        "torch.set_default_tensor_type",
        "torch.set_float32_matmul_precision",
        "torch.set_num_threads",
        "torch.set_printoptions",
        "torch.onnx.export",
        "torch.use_deterministic_algorithms",
        "torch.version",
        "torch.profiler",
        "torch.save",
        "torch.utils.tensorboard",
        "torchvision.utils.make_grid",
        "torchvision.utils.save_image",
    ),
)  # fmt: skip
