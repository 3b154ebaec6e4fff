"""How fast nnlint is, against the bare parse and against other linters."""
