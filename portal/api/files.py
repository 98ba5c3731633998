"""Files inside JSON: such operations take an Idempotency-Key, and that needs a body of plain text."""

import base64
import binascii

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(OpenApiTypes.BYTE)
class Base64Field(serializers.Field):
    """Bytes, written in Base64."""

    default_error_messages = {"invalid": _("This is not Base64.")}

    def to_internal_value(self, data: object) -> bytes:
        """The bytes."""
        try:
            return base64.b64decode(str(data), validate=True)
        except (binascii.Error, ValueError):
            self.fail("invalid")

    def to_representation(self, value: bytes) -> str:
        """The Base64 text."""
        return base64.b64encode(value).decode()


class FileIn(serializers.Serializer):
    """A file: its name, and its bytes in Base64."""

    name = serializers.CharField(max_length=200)
    content = Base64Field()
