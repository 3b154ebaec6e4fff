"""What nnlint knows of the frameworks: typed tables, one file per framework."""
