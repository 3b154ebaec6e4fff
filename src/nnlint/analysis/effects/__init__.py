"""What calls of known framework names do and mean: one file per kind of effect."""
