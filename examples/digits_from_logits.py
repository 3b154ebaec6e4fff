"""Handwritten digits with Keras: the loss is told to expect logits, the model ends in a softmax."""

import keras
from keras import layers


def build():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def main():
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    model = build()
    model.fit(x_train / 255.0, y_train, epochs=5)
    model.evaluate(x_test / 255.0, y_test)


if __name__ == "__main__":
    main()
