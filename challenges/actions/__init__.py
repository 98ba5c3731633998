"""Every decision from a need to a signed agreement, one function each."""
