"""NN6: settings outside the range in which training works."""
