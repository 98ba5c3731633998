"""From a posted need to a signed agreement."""
