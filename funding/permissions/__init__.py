"""Who may do what about city money."""
