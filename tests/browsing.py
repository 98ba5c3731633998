"""A real browser: Debian's Chromium driven by Playwright, at the width of a desk and of a phone.

A machine without Chromium gets it by apt when we are root; otherwise the test fails. It is
never skipped: a page nobody looked at is a page that does not work.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from portal.local.binaries import installed_by_apt

DESK, PHONE = (1280, 900), (390, 844)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


def found() -> str | None:
    """A Chromium on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is: E2E_CHROMIUM, then the PATH, then apt; the test fails without one."""
    if named := os.environ.get("E2E_CHROMIUM"):
        return named
    path = found() or (found() if installed_by_apt("chromium") else None)
    return path or pytest.fail("No Chromium: install it (on Debian: apt-get install chromium) or set E2E_CHROMIUM.")


@pytest.fixture(scope="session")
def browser(chromium_path) -> Iterator[Browser]:
    """One browser for the whole run; every page gets a context, with cookies, of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page on the running portal: ``open_page(PHONE, locale="en-GB")``; addresses are relative to the portal."""
    contexts = []

    def opened(size: tuple[int, int] = DESK, *, locale: str = "zh-CN") -> Page:
        width, height = size
        context = browser.new_context(
            base_url=live_server.url,
            locale=locale,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page) -> Page:
    """A page at the width of a desk, in Chinese."""
    return open_page()


@pytest.fixture
def phone(open_page) -> Page:
    """A page at the width of a phone, in Chinese."""
    return open_page(PHONE)
