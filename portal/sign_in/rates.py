"""How often the sign-in library lets somebody try: its own words, with the numbers from the settings of the city."""

from collections.abc import Iterator, Mapping

WORDS: Mapping[str, str] = {
    # per address of the visitor (ip), person (user) or account asked for (key); docs/decisions/0007
    "login": "{sign_in_limit}/m/ip",
    "login_failed": "{failure_limit}/m/ip,{account_failure_limit}/5m/key,{account_failure_day_limit}/d/key",
    "signup": "{sign_up_limit}/m/ip,{sign_up_day_limit}/d/ip",
    "confirm_email": "1/10s/key,{mail_code_day_limit}/d/key",
    "request_login_code": "10/m/ip,2/m/key,{mail_code_day_limit}/d/key",
    "verify_phone": "5/m/ip,1/30s/key,{text_code_day_limit}/d/key",
    "reset_password": "10/m/ip,2/m/key,10/d/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "change_phone": "10/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user,60/d/user",
}


class Rates(Mapping[str, str]):
    """What the library reads as its table of limits, each time it counts."""

    def __getitem__(self, action: str) -> str:
        """The limits of one action."""
        return WORDS[action].format_map(_Numbers())

    def __iter__(self) -> Iterator[str]:
        return iter(WORDS)

    def __len__(self) -> int:
        return len(WORDS)


class _Numbers(dict[str, int]):
    """The settings, by name."""

    def __missing__(self, name: str) -> int:
        from portal.queries.settings import number_lately  # the settings module names this table before there are apps

        return number_lately(name)
