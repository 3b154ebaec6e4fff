"""Keras layers that augment or preprocess images; the random ones are off at inference."""

from __future__ import annotations

from nnlint.knowledge.keras_layers import plain
from nnlint.knowledge.spec import Entry

__all__ = ["IMAGES"]

_IMAGES = "data training"

IMAGES: dict[str, Entry] = {
    "keras.layers.AugMix": plain("value_range num_chains ...", "noise", 0, _IMAGES),
    "keras.layers.AutoContrast": plain("value_range **kwargs", "other", 0, _IMAGES),
    "keras.layers.CenterCrop": plain("height width data_format **kwargs", "pad", 2, _IMAGES),
    "keras.layers.CutMix": plain("factor seed data_format **kwargs", "noise", 0, _IMAGES),
    "keras.layers.Equalization": plain("value_range bins data_format **kwargs", "other", 0, _IMAGES),
    "keras.layers.MixUp": plain("alpha data_format seed **kwargs", "noise", 0, _IMAGES),
    "keras.layers.RandAugment": plain("value_range num_ops factor ...", "noise", 0, _IMAGES),
    "keras.layers.RandomBrightness": plain("factor value_range seed **kwargs", "noise", 0, _IMAGES),
    "keras.layers.RandomColorDegeneration": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomColorJitter": plain("value_range brightness_factor ...", "noise", 0, _IMAGES),
    "keras.layers.RandomContrast": plain("factor value_range seed **kwargs", "noise", 0, _IMAGES),
    "keras.layers.RandomCrop": plain("height width seed ...", "noise", 2, _IMAGES),
    "keras.layers.RandomElasticTransform": plain("factor scale ...", "noise", 0, _IMAGES),
    "keras.layers.RandomErasing": plain("factor scale ...", "noise", 0, _IMAGES),
    "keras.layers.RandomFlip": plain("mode seed data_format **kwargs", "noise", 0, _IMAGES),
    "keras.layers.RandomGaussianBlur": plain("factor kernel_size sigma ...", "noise", 0, _IMAGES),
    "keras.layers.RandomGrayscale": plain("factor data_format seed **kwargs", "noise", 0, _IMAGES),
    "keras.layers.RandomHue": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomInvert": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomPerspective": plain("factor scale ...", "noise", 0, _IMAGES),
    "keras.layers.RandomPosterization": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomRotation": plain("factor fill_mode ...", "noise", 0, _IMAGES),
    "keras.layers.RandomSaturation": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomSharpness": plain("factor value_range ...", "noise", 0, _IMAGES),
    "keras.layers.RandomShear": plain("x_factor y_factor ...", "noise", 0, _IMAGES),
    "keras.layers.RandomTranslation": plain("height_factor width_factor ...", "noise", 0, _IMAGES),
    "keras.layers.RandomZoom": plain("height_factor width_factor ...", "noise", 0, _IMAGES),
    "keras.layers.Resizing": plain("height width interpolation ...", "upsample", 2, _IMAGES),
    "keras.layers.Solarization": plain("addition_factor threshold_factor ...", "noise", 0, _IMAGES),
}
