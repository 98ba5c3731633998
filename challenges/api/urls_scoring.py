"""Addresses of the API: scoring."""

from challenges.api import scoring
from portal.api.views import serve

urlpatterns = [
    serve("reviews/", "api-reviews", get=scoring.list_reviews),
    serve("reviews/<uuid:pk>/", "api-review", get=scoring.show_review),
    serve("reviews/<uuid:pk>/acceptance/", "api-review-accept", post=scoring.accept_seat),
    serve("reviews/<uuid:pk>/refusal/", "api-review-decline", post=scoring.decline_seat),
    serve("reviews/<uuid:pk>/recusal/", "api-review-recuse", post=scoring.recuse),
    serve("reviews/<uuid:pk>/rubric/", "api-review-rubric", get=scoring.show_rubric),
    serve("reviews/<uuid:pk>/candidates/", "api-review-candidates", get=scoring.list_candidates),
    serve("reviews/<uuid:pk>/candidates/<uuid:candidate>/document/", "api-review-document", get=scoring.read_candidate),
    serve(
        "reviews/<uuid:pk>/candidates/<uuid:candidate>/files/<uuid:file>/",
        "api-review-file",
        get=scoring.read_candidate_file,
    ),
    serve("reviews/<uuid:pk>/candidates/<uuid:candidate>/sheet/", "api-review-sheet", put=scoring.save_sheet),
    serve("sheets/", "api-sheets", get=scoring.list_sheets),
    serve("sheets/<uuid:pk>/", "api-sheet", get=scoring.show_sheet),
    serve("sheets/<uuid:pk>/submission/", "api-sheet-submit", post=scoring.submit_sheet),
]
