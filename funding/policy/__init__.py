"""What the regulations say about city money, as plain functions over plain values."""
