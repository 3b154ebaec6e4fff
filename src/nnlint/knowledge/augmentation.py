"""What changes samples at random: transforms of torchvision and albumentations, Keras' image generator."""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = [
    "DRAWS", "LEARNS", "SCALES", "composes", "generates", "holds_folders", "is_random", "normalizes",
    "reads_images", "transforms",
]  # fmt: skip

_TORCHVISION: Final = (
    "torchvision.transforms.v2.",
    "torchvision.transforms.transforms.",
    "torchvision.transforms.",
)
_ALBUMENTATIONS: Final = ("albumentations.",)
_RANDOM: Final = frozenset(
    {
        "AugMix", "AutoAugment", "ColorJitter", "CutMix", "ElasticTransform", "MixUp", "RandAugment",
        "RandomAdjustSharpness", "RandomAffine", "RandomAutocontrast", "RandomCrop", "RandomEqualize",
        "RandomErasing", "RandomGrayscale", "RandomHorizontalFlip", "RandomInvert", "RandomPerspective",
        "RandomPhotometricDistort", "RandomPosterize", "RandomResizedCrop", "RandomRotation",
        "RandomSolarize", "RandomVerticalFlip", "RandomZoomOut", "ScaleJitter", "TrivialAugmentWide",
    }
)  # fmt: skip
_DRAWN: Final = frozenset(
    {
        "Affine", "Blur", "CLAHE", "CoarseDropout", "ColorJitter", "Cutout", "ElasticTransform", "Flip",
        "GaussNoise", "GaussianBlur", "GridDistortion", "HorizontalFlip", "HueSaturationValue", "MotionBlur",
        "RandomBrightness", "RandomBrightnessContrast", "RandomCrop", "RandomGamma", "RandomResizedCrop",
        "RandomRotate90", "RandomScale", "Rotate", "ShiftScaleRotate", "Transpose", "VerticalFlip",
    }
)  # fmt: skip
_COMPOSE: Final = frozenset(
    {"Compose", "Sequential", "RandomApply", "RandomChoice", "RandomOrder", "SomeOf", "OneOf"}
)
_GENERATORS: Final = frozenset(
    {
        "keras.preprocessing.image.ImageDataGenerator",
        "keras.src.legacy.preprocessing.image.ImageDataGenerator",
        "keras_preprocessing.image.ImageDataGenerator",
        "tensorflow.keras.preprocessing.image.ImageDataGenerator",
    }
)
DRAWS: Final = (
    "rotation_range", "width_shift_range", "height_shift_range", "brightness_range", "shear_range",
    "zoom_range", "channel_shift_range", "horizontal_flip", "vertical_flip",
)  # fmt: skip
"""The options of a generator of images that make it change them at random."""
LEARNS: Final = ("featurewise_center", "featurewise_std_normalization", "zca_whitening")
"""Those for which it has to be fitted."""

SCALES: Final = frozenset(
    {
        "rescale", "preprocessing_function", "samplewise_center", "samplewise_std_normalization", *LEARNS,
    }
)  # fmt: skip
"""Those that change the scale of the pixels."""


def is_random(name: str) -> bool:
    """Whether a transform of this canonical name draws anew for every sample."""
    return _within(name, _TORCHVISION, _RANDOM) or _within(name, _ALBUMENTATIONS, _DRAWN)


def composes(name: str) -> bool:
    """Whether a transform of this name applies the transforms it is given."""
    return _within(name, (*_TORCHVISION, *_ALBUMENTATIONS), _COMPOSE)


def transforms(name: str) -> bool:
    """Whether this is a transform of images that leaves their scale to others."""
    return name.startswith(_TORCHVISION)


def normalizes(name: str) -> bool:
    """Whether a transform shifts and scales images by numbers it is given."""
    return _within(name, _TORCHVISION, frozenset({"Normalize"}))


def generates(name: str) -> bool:
    """Whether this is Keras' generator of images."""
    return name in _GENERATORS


def reads_images(name: str) -> bool:
    """Whether this is a ready-made data set of images, told by an option which split it is to be."""
    return name.startswith("torchvision.datasets.")


def holds_folders(name: str) -> bool:
    """Whether this is a data set in the order of its folders, one for each class."""
    return name in {"torchvision.datasets.DatasetFolder", "torchvision.datasets.ImageFolder"}


@cache
def _within(name: str, roots: tuple[str, ...], names: frozenset[str]) -> bool:
    return any(name.startswith(root) and name[len(root) :] in names for root in roots)
