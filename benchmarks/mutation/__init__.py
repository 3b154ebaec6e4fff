"""How many bugs that are put into clean code nnlint finds: recall by rule, on files given by the caller."""
