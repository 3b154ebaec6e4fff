"""NN4: training behaviour while testing, and the other way round."""
