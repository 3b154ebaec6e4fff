"""NN2: is the loss measured on the right scale, and of the right thing."""
