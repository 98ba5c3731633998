"""Where boards, bids and panels hold what belongs to one person; see portal/queries/own_data.py."""

from challenges.models import Expert, Objection
from challenges.queries.objections import statement_of
from portal.queries.own_data import Source, own_rows


def _objection(objection: Objection) -> dict[str, object]:
    wrote = statement_of(objection)
    return {"at": objection.filed_at, "state": objection.state, "name": wrote.name, "phone": wrote.phone, "reason": wrote.reason}


SOURCES = {
    "challenges.Expert.user": Source(
        own_rows(Expert, "user", "pk", "employer"),
        lambda expert: {
            "title": expert.title, "class": expert.expert_class, "fields": ", ".join(expert.fields), "employer": expert.employer.name,
        },
    ),
    "challenges.Objection.ciphertext": Source(own_rows(Objection, "filed_by", "-filed_at"), _objection),
}  # fmt: skip
