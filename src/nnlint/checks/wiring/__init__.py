"""NN1: the network is not the one that was meant."""
