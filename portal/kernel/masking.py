"""Personal values as those read them who do not need them: enough to tell two apart, too little to use one."""

HIDDEN = "***"


def mask_mail(address: str) -> str:
    """An e-mail address: its first letter and its domain, ``z***@x.cn``."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}{HIDDEN}{at}{domain}" if address else ""


def mask_phone(number: str) -> str:
    """A telephone number: three digits in front and four at the end, ``138****1234``; the country of a Chinese mobile is left off.

    Of a short number only the last two digits are shown.
    """
    digits = "".join(each for each in number if each.isdigit())
    if number.startswith("+86") and len(digits) == 13:
        digits = digits[2:]
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if digits else ""


def mask_account(number: str) -> str:
    """A bank account: its last four digits, ``**** 1234``."""
    return f"**** {number[-4:]}" if number else ""
