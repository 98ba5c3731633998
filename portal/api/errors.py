"""Refusals of the API: one shape for all, ``{"code", "message", "fields"?}``, with the error's own status."""

from collections.abc import Mapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from portal.kernel.errors import Clash, NotFound, PortalError
from portal.words import sentence

log = structlog.get_logger(__name__)

CODES = {
    exceptions.ParseError: "unreadable",
    exceptions.NotAuthenticated: "not_signed_in",
    exceptions.AuthenticationFailed: "token_refused",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "too_many_requests",
}
"""The codes of what the framework refuses before an operation runs."""


class Refusal(serializers.Serializer):
    """Why an operation was refused: a code that never changes, a sentence, and the fields it concerns."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)


def answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Put an error into the one shape; None for what is broken on our side, which the server logs."""
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, IntegrityError):
        error = _refused_by_database(error)
    if isinstance(error, PortalError):
        set_rollback()
        return _shape(error.code, sentence(error), error.status, _fields_of(error))
    if isinstance(error, exceptions.ValidationError):
        set_rollback()
        message = _("Some fields need another look. Correct them and send the request again.")
        return _shape("invalid", message, 400, dict(_flat(error.detail)))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        set_rollback()
        return _shape("not_allowed", str(getattr(error, "detail", "")) or sentence(PortalError("not_allowed")), 403)
    if isinstance(error, exceptions.APIException):
        set_rollback()
        headers = {}
        if getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = error.auth_header
        if getattr(error, "wait", None):
            headers["Retry-After"] = str(int(error.wait))
        return _shape(CODES.get(type(error), error.default_code), str(error.detail), error.status_code, headers=headers)
    return None


def _shape(
    code: str, message: str, status: int, fields: Mapping[str, list[str]] | None = None, headers: Mapping | None = None
) -> Response:
    body: dict[str, object] = {"code": code, "message": message}
    if fields:
        body["fields"] = fields
    return Response(body, status=status, headers=headers)


def _fields_of(error: PortalError) -> dict[str, list[str]]:
    """The fields that a refusal names: the one of ``field``, or each of ``missing``."""
    if named := error.facts.get("field"):
        return {str(named): [sentence(error)]}
    missing = error.facts.get("missing", ())
    if isinstance(missing, list | tuple):
        return {str(name): [_("This field is empty. Fill it in.")] for name in missing}
    return {}


def _flat(detail: object, at: str = "") -> list[tuple[str, list[str]]]:
    """Nested validation errors as pairs of a dotted field name and its sentences."""
    if isinstance(detail, Mapping):
        named = [(f"{at}.{name}" if at else str(name), inner) for name, inner in detail.items()]
        return [pair for name, inner in named for pair in _flat(inner, name)]
    if isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        return [pair for number, inner in enumerate(detail) for pair in _flat(inner, f"{at}.{number}" if at else str(number))]
    return [(at or "body", [str(each) for each in (detail if isinstance(detail, list) else [detail])])] if detail else []


def _refused_by_database(error: IntegrityError) -> PortalError:
    """A rule that the database held although the action did not foresee it; the constraint's name is the code."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or "clash"
    log.warning("refused_by_database", constraint=name)
    return Clash(name)
