"""The permission table and the test that walks it."""
