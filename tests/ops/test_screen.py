"""The last screen of ./dev run lines up, in both languages."""

from portal.local.screen import in_columns, screen, width_of


def test_columns_line_up_with_chinese_in_them():
    assert in_columns("Poster\t周启\tzhou@demo.example\nOfficer\t方敏敏\tfang@demo.example\npassword\tx\n") == [
        "Poster    周启    zhou@demo.example",
        "Officer   方敏敏  fang@demo.example",
        "password  x",
    ]


def test_a_chinese_letter_takes_two_columns():
    assert width_of("揭榜 J") == 6


def test_a_portal_without_a_demo_lists_no_accounts():
    shown = screen("http://localhost:8000", 4.2, "")

    assert shown.splitlines()[2:] == [
        "  揭榜 Jiebang is serving (ready in 4 s)",
        "",
        "      http://localhost:8000",
        "",
        "  Logs: var/log    Mail: var/mail    Stop: Ctrl-C",
        "─" * 72,
    ]
