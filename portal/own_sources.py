"""Where the portal's own tables hold what belongs to one person; see portal/queries/own_data.py."""

from allauth.usersessions.models import UserSession
from django.conf import settings

from portal.masked import KINDS
from portal.models import (
    Acceptance,
    AccessToPersonalData,
    ApiToken,
    Employment,
    EventText,
    Grant,
    Invitation,
    Membership,
    Message,
    SecurityEvent,
    TieQuestion,
    User,
)
from portal.queries.own_data import Source, own_rows
from portal.record import words_of

USERS = own_rows(User, "pk", "created_at")
SOURCES = {
    "portal.User.name": Source(USERS, lambda user: {"name": user.name}, "account"),
    "portal.User.email": Source(USERS, lambda user: {"email": user.email}, "account_email"),
    "portal.User.phone": Source(
        USERS, lambda user: {"phone": user.phone, "confirmed_at": user.phone_verified_at}, "account_change_phone"
    ),
    "portal.User.language": Source(USERS, lambda user: {"language": dict(settings.LANGUAGES).get(user.language, user.language)}, "account"),
    "portal.ApiToken.name": Source(
        own_rows(ApiToken, "user", "-created_at"),
        lambda token: {"name": token.name, "created_at": token.created_at, "expires_at": token.expires_at, "revoked_at": token.revoked_at},
        "tokens",
    ),
    "portal.Membership.role": Source(
        own_rows(Membership, "user", "-starts_on", "organisation"),
        lambda row: {"organisation": row.organisation.name, "role": str(row.get_role_display()), "from": row.starts_on, "to": row.ends_on},
    ),
    "portal.Grant.role": Source(
        own_rows(Grant, "user", "-starts_on"),
        lambda row: {"role": str(row.get_role_display()), "from": row.starts_on, "to": row.ends_on},
    ),
    "portal.EventText.ciphertext": Source(
        lambda accounts: EventText.objects.filter(event__by__in=accounts, event__sealed=False)
        .select_related("event").order_by("-event__at", "pk"),
        lambda text: {"at": text.event.at, "about": text.event.kind, "words": words_of(text.event)},
    ),
    "portal.Message.facts": Source(
        own_rows(Message, "to", "-created_at"),
        lambda message: {"at": message.created_at, "kind": message.kind, "read_at": message.read_at},
        noted=True,
    ),
    "portal.Acceptance.text": Source(
        own_rows(Acceptance, "person", "-at", "text"),
        lambda row: {"text": str(row.text.get_kind_display()), "version": row.text.version, "at": row.at},
        noted=True,
    ),
    "portal.AccessToPersonalData.words": Source(
        own_rows(AccessToPersonalData, "person", "-at"),
        lambda row: {
            "at": row.at, "what": str(KINDS[row.field].word) if row.field in KINDS else row.field,
            "purpose": str(row.get_purpose_display()), "words": row.words,
        },
        noted=True,
    ),
    "portal.SecurityEvent.address": Source(
        own_rows(SecurityEvent, "person", "-at"),
        lambda row: {"at": row.at, "kind": row.kind, "address": row.own_address, "program": row.own_agent},
        noted=True,
    ),
    "usersessions.UserSession.ip": Source(
        own_rows(UserSession, "user", "-created_at"),
        lambda row: {"at": row.created_at, "address": row.ip, "program": row.user_agent},
        "usersessions_list",
    ),
    "portal.Employment.user": Source(
        own_rows(Employment, "user", "-from_on", "organisation"),
        lambda row: {"employer": row.employer or str(row.organisation), "from": row.from_on, "to": row.until_on},
    ),
    "portal.TieQuestion.person": Source(
        own_rows(TieQuestion, "person", "-asked_at", "organisation"),
        lambda row: {
            "organisation": row.organisation.name, "name": row.named, "at": row.asked_at, "state": str(row.get_state_display()),
            "words": row.answer,
        },
        "own-ties",
    ),
    "portal.Invitation.email": Source(
        lambda accounts: Invitation.objects.filter(email__in=User.objects.filter(pk__in=accounts).values("email"))
        .select_related("organisation").order_by("-invited_at", "pk"),
        lambda row: {"email": row.email, "organisation": str(row.organisation or ""), "role": row.role, "at": row.invited_at},
    ),
}  # fmt: skip
