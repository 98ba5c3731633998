"""Who hears what about city money."""
