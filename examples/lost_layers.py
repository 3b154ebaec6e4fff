"""A small image network in TF-slim. Every layer is fed `images`, so only the last one has an effect."""

import tf_slim as slim


def encode(images):
    net = slim.conv2d(images, 32, [3, 3], scope="conv1")
    net = slim.conv2d(images, 32, [3, 3], scope="conv2")
    net = slim.max_pool2d(images, [2, 2], scope="pool1")
    net = slim.conv2d(images, 64, [3, 3], scope="conv3")
    net = slim.conv2d(images, 64, [3, 3], scope="conv4")
    net = slim.max_pool2d(images, [2, 2], scope="pool2")
    net = slim.conv2d(images, 128, [3, 3], scope="conv5")
    net = slim.conv2d(images, 128, [1, 1], scope="conv6")
    return net
