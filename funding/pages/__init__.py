"""Pages about city money."""
