"""What a sealed box promises, word for word, on boards, sealing pages and receipts; nothing more is claimed."""

PROMISES = {
    "escrow": {
        "zh": "截榜前不开启，也不向任何人显示",
        "en": "not opened before the deadline, and shown to nobody",
    },
}
"""By the mode of the box. In escrow the operator of the server is trusted, so it is never said that nobody could open it."""
