"""From repairs to edits, and from edits to files. Only this package and the front end know LibCST."""
