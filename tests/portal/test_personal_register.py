"""The register of personal data is complete: every field of words, files, addresses or people stands in it."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps as isolated

from portal import personal_data
from portal.known_settings import KNOWN
from portal.models import User
from portal.personal_data import REGISTER, Line, stands

OURS = ("portal", "challenges", "funding")
WORDS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField, models.FileField,
    ArrayField,
)  # fmt: skip
PEOPLE = {"portal.User", "portal.StoredFile", "challenges.Expert"}


def may_be_about_somebody(field: models.Field) -> bool:
    """Words that people type, files, addresses, and whatever names a person; not a word chosen from a list."""
    if field.is_relation:
        return field.related_model._meta.label in PEOPLE
    return isinstance(field, WORDS) and not getattr(field, "choices", None)


def fields_to_look_at(*labels: str) -> list[str]:
    found = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return [f"{model._meta.label}.{field.name}" for model in found for field in model._meta.concrete_fields if may_be_about_somebody(field)]


def test_every_field_that_may_be_about_somebody_stands_in_the_register():
    assert [name for name in fields_to_look_at(*OURS) if not stands(name)] == []


def test_a_planted_field_is_found(apart):
    class Diary(models.Model):
        """Not in the register."""

        patient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
        secret = models.TextField()
        mood = models.CharField(max_length=4, choices=[("good", "good")])
        seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
        pages = models.IntegerField()

        class Meta:
            app_label = "portal"

        def __str__(self) -> str:
            return self.mood

    looked_at = [f"portal.Diary.{field.name}" for field in Diary._meta.concrete_fields if may_be_about_somebody(field)]
    assert [name for name in looked_at if not stands(name)] == ["portal.Diary.patient", "portal.Diary.secret"]


@pytest.fixture
def apart():
    with isolated("portal"):
        yield


def test_every_name_in_the_register_is_a_field():
    for name in personal_data.known_fields():
        if "*" not in name:
            label, field = name.rsplit(".", 1)
            apps.get_model(label)._meta.get_field(field)


def test_every_line_says_what_for_how_long_and_what_becomes_of_it():
    for line in REGISTER:
        assert isinstance(line, Line)
        assert all(str(words) for words in (line.what, line.purpose, line.basis, line.ending)), line
        assert not isinstance(line.kept, str) or line.kept in KNOWN, line
    firsts = [field for line in REGISTER for field in line.fields]
    assert len(firsts) == len(set(firsts))


def test_the_document_is_drawn_from_the_register(tmp_path, settings):
    call_command("draw_personal_data", "--check")
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError):
        call_command("draw_personal_data", "--check")
    call_command("draw_personal_data")
    call_command("draw_personal_data", "--check")
