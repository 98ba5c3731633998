"""The API: its errors, its tokens, its operations."""
