"""The names Keras accepts as strings for activations, initializers, losses, metrics and optimizers."""

from __future__ import annotations

from nnlint.knowledge.keras_initializers import INITIALIZER_NAMES

__all__ = ["STRINGS"]

_ACTIVATION_NAMES = (
    "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear "
    "log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign "
    "sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink threshold"
)
_ACTIVATIONS = {name: f"keras.activations.{name}" for name in _ACTIVATION_NAMES.split()} | {
    "LeakyReLU": "keras.layers.LeakyReLU",
    "PReLU": "keras.layers.PReLU",
    "ReLU": "keras.layers.ReLU",
    "swish": "keras.activations.silu",
}

_LOSS_NAMES = (
    "binary_crossentropy binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy "
    "categorical_generalized_cross_entropy categorical_hinge circle cosine_similarity ctc dice hinge huber "
    "kl_divergence log_cosh mean_absolute_error mean_absolute_percentage_error mean_squared_error "
    "mean_squared_logarithmic_error poisson sparse_categorical_crossentropy squared_hinge tversky "
    "BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy "
    "CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber "
    "KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError "
    "MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky"
)
_LOSS_SHORT = {
    "KLD": "kl_divergence",
    "MAE": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "BCE": "binary_crossentropy",
    "cosine": "cosine_similarity",
    "cosine_proximity": "cosine_similarity",
    "huber_loss": "huber",
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "mse": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
}
_LOSSES = {name: f"keras.losses.{name}" for name in _LOSS_NAMES.split()} | {
    short: f"keras.losses.{name}" for short, name in _LOSS_SHORT.items()
}

_METRIC_NAMES = (
    "AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy "
    "CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives "
    "FalsePositives Hinge KLDivergence LogCoshError Mean MeanAbsoluteError MeanAbsolutePercentageError "
    "MeanSquaredError MeanSquaredLogarithmicError PearsonCorrelation Poisson Precision R2Score Recall "
    "RootMeanSquaredError SparseCategoricalAccuracy SparseCategoricalCrossentropy "
    "SparseTopKCategoricalAccuracy SquaredHinge Sum TopKCategoricalAccuracy TrueNegatives TruePositives "
    "accuracy binary_accuracy categorical_accuracy concordance_correlation pearson_correlation "
    "sparse_categorical_accuracy sparse_top_k_categorical_accuracy top_k_categorical_accuracy"
)
_METRICS = {name: f"keras.metrics.{name}" for name in _METRIC_NAMES.split()} | {
    "acc": "keras.metrics.accuracy",
    "auc": "keras.metrics.AUC",
    "precision": "keras.metrics.Precision",
    "recall": "keras.metrics.Recall",
}
# Every loss can be watched as a metric, under the same name.
_METRICS = {name: target for name, target in _LOSSES.items() if name not in _METRICS} | _METRICS

_OPTIMIZER_NAMES = "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion Muon Nadam RMSprop SGD"
_OPTIMIZERS = {
    spelling: f"keras.optimizers.{name}"
    for name in _OPTIMIZER_NAMES.split()
    for spelling in (name, name.lower())
} | {"RMSProp": "keras.optimizers.RMSprop"}

STRINGS: dict[str, dict[str, str]] = {
    "activation": dict(sorted(_ACTIVATIONS.items())),
    "initializer": dict(sorted(INITIALIZER_NAMES.items())),
    "loss": dict(sorted(_LOSSES.items())),
    "metric": dict(sorted(_METRICS.items())),
    "optimizer": dict(sorted(_OPTIMIZERS.items())),
}
