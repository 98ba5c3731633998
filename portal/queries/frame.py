"""What the frame around every page needs to know, in one statement."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

READ = """
SELECT portal_now(), EXISTS (SELECT 1 FROM portal_clock), EXISTS (SELECT 1 FROM portal_demo WHERE complete),
    (SELECT jsonb_object_agg(name, value) FROM (
        SELECT DISTINCT ON (name) name, value FROM portal_setting JOIN portal_settingdecision ON setting_id = id
        WHERE confirmed AND starts_on <= (portal_now() AT TIME ZONE 'Asia/Shanghai')::date
        ORDER BY name, starts_on DESC, at DESC) AS in_force),
    (SELECT jsonb_object_agg(kind, id) FROM (
        SELECT DISTINCT ON (kind) kind, id FROM portal_legaltext JOIN portal_legaltextdecision ON text_id = id
        WHERE published AND starts_on <= (portal_now() AT TIME ZONE 'Asia/Shanghai')::date
        ORDER BY kind, starts_on DESC, version DESC) AS in_force)
"""


@dataclass(frozen=True)
class Frame:
    """The portal's clock, whether it was moved, whether this is a demo, and the settings and legal texts in force."""

    at: datetime
    rehearsal: bool
    demo: bool
    settings: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


_held: ContextVar[list[Frame] | None] = ContextVar("frame", default=None)


def read_frame() -> Frame:
    """Read the frame."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        at, rehearsal, demo, settings, texts = cursor.fetchone()
        return Frame(at, rehearsal, demo, _loaded(settings), _loaded(texts))


@contextmanager
def one_frame() -> Iterator[None]:
    """While a request is answered its frame is read once, and only when somebody asks for it."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def present_frame() -> Frame:
    """The frame of the request that is being answered; outside of one it is read anew each time."""
    held = _held.get()
    if held is None:
        return read_frame()
    if not held:
        held.append(read_frame())
    return held[0]


def forget_frame() -> None:
    """A setting or text was decided just now: who asks again in this request reads anew."""
    held = _held.get()
    if held:
        held.clear()


def _loaded(found: Any) -> Mapping[str, Any]:
    return (json.loads(found) if isinstance(found, str) else found) or {}
