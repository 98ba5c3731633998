"""From the application for city money to a closed case."""
