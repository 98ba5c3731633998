"""Operations of the API: a function with its serializers, and the view that serves them by method.

::

    @reads(BoardOut, many=True, public=True)
    def list_boards(asked):
        \"\"\"Boards that are open for bids.\"\"\"
        return boards.visible_to(asked.by)

    @acts(SelectIn, gives=BidOut, repeatable=True)
    def select_bid(asked, pk):
        \"\"\"Choose the bid with which the poster signs.\"\"\"
        bid = find(bids.visible_to(asked.by), pk=pk)
        return selecting.select_bid(bid.pk, **asked.given, by=asked.by, now=asked.now)

    urlpatterns = [serve("bids/<uuid:pk>/selection/", "api-bid-selection", post=select_bid)]

The function's name is the operation's id, its docstring the description.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from portal.api.errors import Refusal
from portal.api.idempotency import HEADER, LONGEST, once
from portal.clock import portal_now
from portal.models import User

Shape = type[BaseSerializer]
KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "maxLength": LONGEST},
    OpenApiParameter.HEADER,
    description="The same key and body get the same answer, and nothing is done twice.",
)


@dataclass(frozen=True)
class Asked:
    """What an operation is asked: by whom, at which moment, and with what, its shape already checked."""

    request: Request
    by: User
    now: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One operation: its function, the shapes of what it takes and gives, and how it is answered."""

    run: Callable[..., Any]
    takes: Shape | None = None
    gives: Shape | object | None = None
    status: int = 200
    many: bool = False
    reads: bool = False
    public: bool = False
    repeatable: bool = False

    def answer(self, view: APIView, request: Request, **where: Any) -> Response | HttpResponseBase:
        """Check the shape, run the function, shape its answer."""
        def run() -> tuple[object, int]:
            asked = Asked(request, request.user, portal_now(), self._given(request))
            return self._shown(view, request, self.run(asked, **where)), self.status

        if self.gives is bytes:
            return self.run(Asked(request, request.user, portal_now(), self._given(request)), **where)
        body, status = once(request, self.run.__name__, run) if self.repeatable else run()
        return Response(body, status=status)

    def described(self) -> dict[str, Any]:
        """The operation for the schema."""
        parameters = [self.takes] if self.takes and self.reads else []
        given = OpenApiTypes.BINARY if self.gives is bytes else self._listed()
        media = "application/octet-stream" if self.gives is bytes else None
        good = {(self.status, media): given} if media else {self.status: OpenApiResponse(given, description="")}
        return {
            "operation_id": self.run.__name__,
            "description": (self.run.__doc__ or "").strip(),
            "parameters": [*parameters, *([KEY] if self.repeatable else [])],
            "request": None if self.reads else self.takes,
            "responses": {**good, "4XX": OpenApiResponse(Refusal, description="Refused; nothing was changed.")},
            **({"auth": []} if self.public else {}),
        }

    def _given(self, request: Request) -> Mapping[str, Any]:
        if self.takes is None:
            return {}
        shape = self.takes(data=request.query_params if self.reads else request.data, context={"request": request})
        shape.is_valid(raise_exception=True)
        return shape.validated_data

    def _shown(self, view: APIView, request: Request, found: Any) -> object:
        if self.gives is None:
            return None
        context = {"request": request}
        if not self.many:
            return self.gives(found, context=context).data
        if not isinstance(found, QuerySet):
            return self.gives(found, many=True, context=context).data
        pages = PageNumberPagination()
        return pages.get_paginated_response(
            self.gives(pages.paginate_queryset(found, request, view), many=True, context=context).data
        ).data

    def _listed(self) -> Any:
        return self.gives(many=True) if self.many and self.gives else self.gives


def reads(gives: Shape | type[bytes], *, many: bool = False, asks: Shape | None = None, public: bool = False) -> Callable:
    """An operation that only reads.

    ``many`` with a queryset is answered page by page; ``asks`` is the shape of the query string;
    ``bytes`` means that the function gives the whole response itself (a file). ``public`` needs no
    sign-in.
    """
    return lambda run: Operation(run, takes=asks, gives=gives, many=many, reads=True, public=public)


def acts(
    takes: Shape | None = None,
    *,
    gives: Shape | None = None,
    many: bool = False,
    status: int | None = None,
    public: bool = False,
    repeatable: bool = False,
) -> Callable:
    """An operation that changes something through one action.

    Without ``gives`` it answers 204; ``many`` answers a list of them. ``repeatable`` takes an Idempotency-Key; the answer is then
    kept in plain words, so never on an operation that answers with what is in a draft.
    """
    settled = status or (200 if gives else 204)
    return lambda run: Operation(run, takes=takes, gives=gives, many=many, status=settled, public=public, repeatable=repeatable)


def serve(route: str, name: str, **operations: Operation) -> URLPattern:
    """One address with its operations by method: ``serve("needs/", "api-needs", get=list_needs, post=start_need)``."""

    def permissions(view: APIView) -> list:
        operation = operations.get((view.request.method or "").lower()) if view.request else None
        return [AllowAny() if operation is None or operation.public else IsAuthenticated()]

    methods: dict[str, Any] = {method: _method(operation) for method, operation in operations.items()}
    made = type("Served", (APIView,), {**methods, "get_permissions": permissions, "operations": operations})
    return path(route, made.as_view(), name=name)


def _method(operation: Operation) -> Callable:
    def method(self: APIView, request: Request, **where: Any) -> Response | HttpResponseBase:
        return operation.answer(self, request, **where)

    method.__doc__ = operation.run.__doc__
    return extend_schema(**operation.described())(method)
