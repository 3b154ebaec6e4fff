"""NN3: does a step happen, downhill, on the right weights."""
