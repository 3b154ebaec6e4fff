"""Other names of Keras things: re-exports, submodules of old releases, renamed classes."""

from __future__ import annotations

__all__ = ["ALIASES"]

_PACKAGES = (
    "keras.api keras.api._v1.keras keras.api._v2.keras keras.engine keras.engine.functional "
    "keras.engine.input_layer keras.engine.sequential keras.engine.training keras.legacy keras.src "
    "keras_core tensorflow.compat.v1.keras tensorflow.compat.v2.keras tensorflow.contrib.keras "
    "tensorflow.contrib.keras.api.keras tensorflow.keras tensorflow.python.keras tf_keras"
)
_HOMES = dict.fromkeys(_PACKAGES.split(), "keras")
_LAYER_MODULES = (
    "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings "
    "experimental experimental.preprocessing local merging noise normalization pooling "
    "preprocessing recurrent recurrent_v2 regularization reshaping rnn wrappers"
)
_SUBMODULES = {f"keras.layers.{name}": "keras.layers" for name in _LAYER_MODULES.split()}
# `keras.layers.merge` was a module, in Keras 1 also a function: so its members are aliased, not itself.
_MERGE_NAMES = (
    "Add Average Concatenate Dot Maximum Merge Minimum Multiply Subtract add average concatenate dot maximum "
    "merge minimum multiply subtract"
)
_MERGES = {f"keras.layers.merge.{name}": f"keras.layers.{name}" for name in _MERGE_NAMES.split()}
_LAYERS = {
    f"keras.layers.{old}": f"keras.layers.{new}"
    for old, new in {
        "AvgPool1D": "AveragePooling1D",
        "AvgPool2D": "AveragePooling2D",
        "AvgPool3D": "AveragePooling3D",
        "BatchNormalizationV1": "BatchNormalization",
        "BatchNormalizationV2": "BatchNormalization",
        "Convolution1DTranspose": "Conv1DTranspose",
        "Convolution2DTranspose": "Conv2DTranspose",
        "Convolution3DTranspose": "Conv3DTranspose",
        "Deconv2D": "Conv2DTranspose",
        "Deconv3D": "Conv3DTranspose",
        "Deconvolution3D": "Conv3DTranspose",
        "GlobalAvgPool1D": "GlobalAveragePooling1D",
        "GlobalAvgPool2D": "GlobalAveragePooling2D",
        "GlobalAvgPool3D": "GlobalAveragePooling3D",
        "GlobalMaxPool1D": "GlobalMaxPooling1D",
        "GlobalMaxPool2D": "GlobalMaxPooling2D",
        "GlobalMaxPool3D": "GlobalMaxPooling3D",
        "GroupedQueryAttention": "GroupQueryAttention",
        "MaxPool1D": "MaxPooling1D",
        "MaxPool2D": "MaxPooling2D",
        "MaxPool3D": "MaxPooling3D",
        "SeparableConvolution1D": "SeparableConv1D",
    }.items()
}
_SHORT = {
    f"keras.{module}.{short}": f"keras.losses.{name}"
    for module in ("losses", "metrics")
    for short, name in {
        "KLD": "kl_divergence",
        "MAE": "mean_absolute_error",
        "MAPE": "mean_absolute_percentage_error",
        "MSE": "mean_squared_error",
        "MSLE": "mean_squared_logarithmic_error",
        "cosine": "cosine_similarity",
        "cosine_proximity": "cosine_similarity",
        "kld": "kl_divergence",
        "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh",
        "mae": "mean_absolute_error",
        "mape": "mean_absolute_percentage_error",
        "mse": "mean_squared_error",
        "msle": "mean_squared_logarithmic_error",
    }.items()
}
# keras.metrics re-exports every loss function.
_LOSS_NAMES = (
    "binary_crossentropy binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy "
    "categorical_hinge hinge huber kl_divergence log_cosh mean_absolute_error "
    "mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error poisson "
    "sparse_categorical_crossentropy squared_hinge"
)
_METRICS = {f"keras.metrics.{name}": f"keras.losses.{name}" for name in _LOSS_NAMES.split()}
_REST = {
    "keras.InputLayer": "keras.layers.InputLayer",
    "keras.Layer": "keras.layers.Layer",
    "keras.Loss": "keras.losses.Loss",
    "keras.Merge": "keras.layers.Merge",
    "keras.Metric": "keras.metrics.Metric",
    "keras.Optimizer": "keras.optimizers.Optimizer",
    "keras.activations.swish": "keras.activations.silu",
    "keras.engine.base_layer": "keras.layers",
    "keras.engine.topology": "keras",
    "keras.input": "keras.Input",
    "keras.layers.Input": "keras.Input",
    "keras.losses.CosineProximity": "keras.losses.CosineSimilarity",
    "keras.losses.LogCoshError": "keras.losses.LogCosh",
    "keras.merge": "keras.layers.merge",
    "keras.metrics.CosineProximity": "keras.metrics.CosineSimilarity",
    "keras.models.Functional": "keras.Model",
    "keras.models.Input": "keras.Input",
    "keras.models.Model": "keras.Model",
    "keras.models.Sequential": "keras.Sequential",
    "keras.objectives": "keras.losses",
    "keras.ops.image": "keras.ops",
    "keras.ops.nn": "keras.ops",
    "keras.ops.numpy": "keras.ops",
    "keras.optimizers.experimental": "keras.optimizers",
    "keras.optimizers.legacy": "keras.optimizers",
    "keras.optimizers.mixed_precision.LossScaleOptimizer": "keras.optimizers.LossScaleOptimizer",
    "keras.preprocessing.image.img_to_array": "keras.utils.img_to_array",
    "keras.preprocessing.image.load_img": "keras.utils.load_img",
    "keras.preprocessing.image_dataset_from_directory": "keras.utils.image_dataset_from_directory",
    "keras.preprocessing.sequence.pad_sequences": "keras.utils.pad_sequences",
    "keras.preprocessing.text_dataset_from_directory": "keras.utils.text_dataset_from_directory",
    "keras.utils.np_utils": "keras.utils",
    "keras_preprocessing.text": "keras.preprocessing.text",
}
_NETWORKS = {
    f"keras.applications.{module}.{name}": f"keras.applications.{name}"
    for module, names in {
        "densenet": "DenseNet121 DenseNet169 DenseNet201",
        "inception_resnet_v2": "InceptionResNetV2",
        "inception_v3": "InceptionV3",
        "mobilenet": "MobileNet",
        "mobilenet_v2": "MobileNetV2",
        "nasnet": "NASNetLarge NASNetMobile",
        "resnet": "ResNet50 ResNet101 ResNet152",
        "resnet50": "ResNet50",
        "resnet_v2": "ResNet50V2 ResNet101V2 ResNet152V2",
        "vgg16": "VGG16",
        "vgg19": "VGG19",
        "xception": "Xception",
    }.items()
    for name in names.split()
}

ALIASES: dict[str, str] = dict(
    sorted((_HOMES | _SUBMODULES | _MERGES | _LAYERS | _SHORT | _METRICS | _REST | _NETWORKS).items())
)
