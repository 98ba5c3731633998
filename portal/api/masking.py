"""Personal values in the shapes of the API: in full for whom they belong to, masked for everybody else."""

from django.db.models import Model
from rest_framework import serializers

from portal.masked import KINDS


class MaskedField(serializers.CharField):
    """A value of a kind in :data:`portal.masked.KINDS`, as who asks may read it without giving a purpose."""

    def __init__(self, code: str, **options: object) -> None:
        self.code = code
        super().__init__(**{"read_only": True, "help_text": "Masked, except for whom it belongs to."} | options, source="*")

    def to_representation(self, row: Model) -> str:
        """The value in full or masked."""
        request = self.context.get("request")
        return KINDS[self.code].as_read_by(request.user if request else None, row)
