"""From text to IR. Only this package imports LibCST."""
