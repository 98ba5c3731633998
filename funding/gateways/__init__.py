"""The world outside: the treasury."""
