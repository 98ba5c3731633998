"""What the regulations say about boards, bids and panels, as plain functions over plain values."""
