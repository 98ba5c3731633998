"""What people type about city money, checked for shape."""
