"""What an organisation has not finished of its projects, each with who began it."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funding.models import Project
from funding.states import PROJECT_FLOW
from portal.queries.work import Work


def open_projects(organisation_id: UUID) -> Iterator[Work]:
    """Projects that an organisation posts, from the application to the archive."""
    rows = Project.objects.filter(poster_id=organisation_id).exclude(state__in=PROJECT_FLOW.final)
    for project in rows.order_by("pk"):
        yield Work(
            work_type=project._meta.label_lower, work_id=project.pk, kind=_("project"), title=project.title,
            url=reverse("project", args=[project.pk]), state=project.get_state_display(),
            begun_by=project.created_by_id, case_id=project.challenge_id,
        )  # fmt: skip
