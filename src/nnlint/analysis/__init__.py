"""The abstract interpreter: what every value means, and what happens to it."""
