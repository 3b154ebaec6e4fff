"""From text to IR, and from the numbers of its nodes to places in the text."""
