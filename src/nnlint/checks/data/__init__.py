"""NN5: what produces, splits, scales and feeds the data."""
