"""Every decision about city money, one function each."""
