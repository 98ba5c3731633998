"""What the pool of experts keeps of a person who is forgotten: that there was one, and nothing that names them."""

from uuid import UUID

from challenges.models import Expert


def leave_pool(accounts: set[UUID]) -> None:
    """Take a forgotten person's profile out of the pool; class, employer and fields stay for the cases judged."""
    Expert.objects.filter(user__in=accounts).update(in_pool=False, title="")
