"""Keras models and their methods, optimizers, data sets, ready-made networks and utilities."""

from __future__ import annotations

from nnlint.knowledge.spec import (
    Action,
    Activation,
    Compile,
    Compute,
    Constant,
    Container,
    Entry,
    Keep,
    Layer,
    Load,
    Minimize,
    Model,
    Optimizer,
    Permute,
    Predict,
    Score,
    Train,
    build,
    call,
)

__all__ = ["APPLICATIONS", "DATASETS", "MODELS", "OPTIMIZERS", "UTILITIES"]

_MODEL = "keras.Model"


def _network(params: str) -> Entry:
    """A function that returns a ready-made network, with or without its classifying top."""
    return build(params, Layer("other", "inputs", flag="training"), operands="inputs training", isa=_MODEL)


MODELS: dict[str, Entry] = {
    "keras.Model": build(
        "inputs outputs name **kwargs", Model(), operands="inputs training mask ...", isa=_MODEL
    ),
    "keras.Model.compile": call("optimizer loss loss_weights metrics weighted_metrics ...", Compile()),
    "keras.Model.evaluate": call("x y batch_size verbose sample_weight ...", Score("x", "y")),
    "keras.Model.evaluate_generator": call("generator steps ...", Score("generator", ""), until="3.0"),
    "keras.Model.fit": call(
        "x y batch_size epochs verbose callbacks validation_split validation_data shuffle ...", Train()
    ),
    "keras.Model.fit_generator": call(
        "generator steps_per_epoch epochs verbose callbacks validation_data ...",
        Train("generator", ""),
        until="3.0",
    ),
    "keras.Model.load_weights": call("filepath ...", Action("load")),
    "keras.Model.predict": call("x batch_size ...", Predict("x")),
    "keras.Model.predict_classes": call("x batch_size verbose", Predict("x", "labels"), until="2.6"),
    "keras.Model.predict_generator": call("generator steps ...", Predict("generator"), until="3.0"),
    "keras.Model.predict_on_batch": call("x", Predict("x")),
    "keras.Model.predict_proba": call("x batch_size verbose", Predict("x", "probabilities"), until="2.6"),
    "keras.Model.save": call("filepath overwrite ...", Action("save")),
    "keras.Model.save_weights": call("filepath overwrite ...", Action("save")),
    "keras.Model.test_on_batch": call("x y sample_weight ...", Score("x", "y")),
    "keras.Model.train_on_batch": call("x y sample_weight class_weight ...", Train(validation="")),
    "keras.Sequential": build(
        "layers trainable name",
        Container("sequential", "layers"),
        operands="inputs training mask ...",
        isa="keras.Sequential",
    ),
    "keras.Sequential.add": call("layer rebuild", Action("register", "layer")),
    "keras.Sequential.pop": call("rebuild", Action("register")),
    "keras.layers.Layer.add_loss": call("loss", Action("register", "loss")),
    "keras.layers.Layer.add_weight": call("*args shape initializer dtype ...", Constant()),
    "keras.layers.Layer.get_weights": call("", Action("state")),
    "keras.layers.Layer.set_weights": call("weights", Action("load", "weights")),
    "keras.models.clone_model": call("model input_tensors ...", Keep("model")),
    "keras.models.load_model": _network("filepath custom_objects compile ..."),
    "keras.models.model_from_json": _network("json_string custom_objects"),
}


def _optimizer(params: str) -> Entry:
    """A Keras optimizer; the weights come with the gradients."""
    does = Optimizer(lr="learning_rate")
    return call(f"learning_rate {params} ...", does, isa="keras.optimizers.Optimizer")


OPTIMIZERS: dict[str, Entry] = {
    "keras.optimizers.Adadelta": _optimizer("rho epsilon"),
    "keras.optimizers.Adafactor": _optimizer("beta_2_decay epsilon_1"),
    "keras.optimizers.Adagrad": _optimizer("initial_accumulator_value epsilon"),
    "keras.optimizers.Adam": _optimizer("beta_1 beta_2 epsilon amsgrad"),
    "keras.optimizers.AdamW": _optimizer("weight_decay beta_1 beta_2 epsilon"),
    "keras.optimizers.Adamax": _optimizer("beta_1 beta_2 epsilon"),
    "keras.optimizers.Ftrl": _optimizer("learning_rate_power initial_accumulator_value"),
    "keras.optimizers.Lamb": _optimizer("beta_1 beta_2 epsilon"),
    "keras.optimizers.Lion": _optimizer("beta_1 beta_2"),
    "keras.optimizers.LossScaleOptimizer": call(
        "inner_optimizer initial_scale ...", Keep("inner_optimizer"), isa="keras.optimizers.Optimizer"
    ),
    "keras.optimizers.Muon": _optimizer("adam_beta_1 adam_beta_2"),
    "keras.optimizers.Nadam": _optimizer("beta_1 beta_2 epsilon"),
    "keras.optimizers.Optimizer.apply": call("grads trainable_variables", Action("apply")),
    "keras.optimizers.Optimizer.apply_gradients": call("grads_and_vars", Action("apply")),
    "keras.optimizers.Optimizer.get_gradients": call("loss params", Action("gradients", "loss"), until="3.0"),
    "keras.optimizers.Optimizer.get_updates": call("loss params", Minimize("loss"), until="3.0"),
    "keras.optimizers.Optimizer.minimize": call("loss var_list ...", Minimize("loss"), until="3.0"),
    "keras.optimizers.RMSprop": _optimizer("rho momentum epsilon centered"),
    "keras.optimizers.SGD": _optimizer("momentum nesterov weight_decay"),
}


_ARRAYS = Load("train-test")
_PIXELS = Load("train-test", raw=True)
_FILES = "directory labels label_mode class_names"

DATASETS: dict[str, Entry] = {
    "keras.datasets.boston_housing.load_data": call("path test_split seed", _ARRAYS),
    "keras.datasets.california_housing.load_data": call("version path test_split seed", _ARRAYS),
    "keras.datasets.cifar10.load_data": call("", _PIXELS),
    "keras.datasets.cifar100.load_data": call("label_mode", _PIXELS),
    "keras.datasets.fashion_mnist.load_data": call("", _PIXELS),
    "keras.datasets.imdb.load_data": call("path num_words skip_top maxlen seed ...", _ARRAYS),
    "keras.datasets.mnist.load_data": call("path", _PIXELS),
    "keras.datasets.reuters.load_data": call("path num_words skip_top maxlen test_split seed ...", _ARRAYS),
    "keras.utils.audio_dataset_from_directory": call(f"{_FILES} batch_size ...", Load("dataset")),
    "keras.utils.image_dataset_from_directory": call(
        f"{_FILES} color_mode batch_size image_size shuffle seed validation_split subset ...",
        Load("dataset", raw=True),
        isa="tensorflow.data.Dataset",
    ),
    "keras.utils.text_dataset_from_directory": call(f"{_FILES} batch_size ...", Load("dataset")),
}


def _networks() -> dict[str, Entry]:
    """Every constructor of `keras.applications`, grouped by its parameters."""
    plain = "include_top weights input_tensor input_shape pooling classes classifier_activation ..."
    groups = {
        plain: (
            "DenseNet121 DenseNet169 DenseNet201 EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 "
            "EfficientNetB4 EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1 "
            "EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S "
            "InceptionResNetV2 InceptionV3 ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 ResNet50V2 "
            "VGG16 VGG19 Xception"
        ),
        f"include_top include_preprocessing {plain.removeprefix('include_top ')}": (
            "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge"
        ),
        "input_shape alpha depth_multiplier dropout include_top weights ...": "MobileNet",
        "input_shape alpha include_top weights ...": "MobileNetV2",
        "input_shape alpha minimalistic include_top weights ...": "MobileNetV3Large MobileNetV3Small",
        "input_shape include_top weights ...": "NASNetLarge NASNetMobile",
    }
    return {
        f"keras.applications.{name}": _network(params)
        for params, names in groups.items()
        for name in names.split()
    }


_FAMILIES = (
    "convnext densenet efficientnet efficientnet_v2 imagenet_utils inception_resnet_v2 inception_v3 "
    "mobilenet mobilenet_v2 mobilenet_v3 nasnet resnet resnet50 resnet_v2 vgg16 vgg19 xception"
)
APPLICATIONS: dict[str, Entry] = _networks() | {
    f"keras.applications.{family}.preprocess_input": call("x data_format ...", Compute("x"))
    for family in _FAMILIES.split()
}

UTILITIES: dict[str, Entry] = {
    "keras.random.normal": call("shape mean stddev dtype seed", Constant(random=True)),
    "keras.random.shuffle": call("x axis seed", Permute("x")),
    "keras.random.uniform": call("shape minval maxval dtype seed", Constant(random=True)),
    "keras.utils.img_to_array": call("img data_format dtype", Keep("img")),
    "keras.utils.load_img": call("path color_mode target_size ...", Load("array", raw=True)),
    "keras.utils.normalize": call("x axis order", Compute("x")),
    "keras.utils.pad_sequences": call("sequences maxlen dtype ...", Keep("sequences")),
    "keras.utils.set_random_seed": call("seed", Action("seed", "seed")),
    "keras.utils.split_dataset": call("dataset left_size right_size ...", Compute("dataset")),
    "keras.utils.to_categorical": call("x num_classes", Activation("one_hot", "x")),
}
