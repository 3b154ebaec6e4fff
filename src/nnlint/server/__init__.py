"""The language server: nnlint in editors, for text that is not saved yet."""
