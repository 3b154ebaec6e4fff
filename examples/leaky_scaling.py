"""Wine classes with scikit-learn: the scaler learns from the data that the model is judged on."""

from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def main():
    samples, classes = load_wine(return_X_y=True)
    train_x, test_x, train_y, test_y = train_test_split(samples, classes, random_state=0)
    scaler = StandardScaler()
    train_x = scaler.fit_transform(train_x)
    test_x = scaler.fit_transform(test_x)
    model = LogisticRegression().fit(train_x, train_y)
    print("accuracy:", model.score(test_x, test_y))


if __name__ == "__main__":
    main()
