"""Components: a wrong argument never reaches a reader."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from portal import faces
from portal.kernel.verdict import YES, no
from portal.plotting import axis_of, draw_ruler, draw_scores

COMPONENTS = sorted((settings.BASE_DIR / "templates/components").glob("*.html"))


def shown(source: str, **values: object) -> str:
    """A template's text in English, without the breaks between lines."""
    with translation.override("en"):
        return re.sub(r"\s+", " ", Template(source).render(Context(values))).strip()


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("{% tag %}", "missing a required argument: 'word'"),
        ('{% tag "a" colour="red" %}', "unexpected keyword argument 'colour'"),
        ('{% tag "a" "b" %}', "too many positional arguments"),
        ('{% chip "Sealed" tone="purple" %}', "tone='purple' is not one of"),
        ('{% button "Seal" kind="danger" %}', "kind='danger' is not one of"),
        ('{% button "Seal" icon="unicorn" %}', "icon='unicorn' is not one of"),
        ('{% icon "unicorn" %}', "name='unicorn' is not one of"),
        ('{% table fold="sideways" %}{% endtable %}', "fold='sideways' is not one of"),
        ('{% card tilte="Money" %}{% endcard %}', "unexpected keyword argument 'tilte'"),
        ("{% card %}", "Unclosed tag"),
        ("{% card %}{% foot %}{% foot %}{% endcard %}", "stands twice"),
    ],
)
def test_a_wrong_argument_stops_the_template_from_loading(source, complaint):
    with pytest.raises(TemplateSyntaxError, match=re.escape(complaint) if "Unclosed" not in complaint else "endcard"):
        Template(source)


def test_a_wrong_value_out_of_a_variable_is_an_error_too():
    template = Template('{% chip "Sealed" tone=tone %}')

    with pytest.raises(TemplateSyntaxError, match="tone='purple' is not one of"):
        template.render(Context({"tone": "purple"}))


def test_what_people_wrote_is_escaped():
    evil = "<script>alert(1)</script>"

    text = shown(
        "{% card title=evil %}{{ evil }}{% foot %}{{ evil }}{% endcard %}{% tag evil %}{% hash evil %}", evil=evil
    )

    assert "<script" not in text


def test_a_card_has_the_parts_it_was_given():
    assert shown('{% card title="Money" note="RMB" %}body{% foot %}foot{% endcard %}') == (
        '<section class="jb-sheet"> <div class="jb-sheet__head"><h2>Money</h2><span>RMB</span></div> '
        '<div class="jb-sheet__body">body</div> <div class="jb-sheet__foot">foot</div> </section>'
    )
    assert "jb-sheet__foot" not in shown("{% card %}body{% endcard %}")


def test_an_act_that_may_be_done_is_a_button():
    text = shown('{% button "Seal" verdict=verdict %}', verdict=YES)

    assert text == '<button class="btn btn-primary" type="submit">Seal</button>'


def test_an_act_that_may_not_be_done_stays_with_its_reason_and_does_nothing():
    text = shown('{% button "Seal" verdict=verdict href="/seal" %}', verdict=no("The deadline has passed."))

    described = re.search(r'aria-describedby="([\w-]+)"', text).group(1)
    assert 'aria-disabled="true"' in text
    assert 'type="button"' in text
    assert f'id="{described}">The deadline has passed.</p>' in text
    assert "/seal" not in text


def test_a_checklist_counts_what_is_missing():
    items = [faces.Check("A"), faces.Check("B", "missing", "Do it."), faces.Check("C", "pending")]

    text = shown("{% checks items %}", items=items)

    assert "One thing is missing:" in text
    assert "<small>Do it.</small>" in text


def test_work_is_grouped_by_due_date_and_the_first_act_is_the_primary_one():
    now = timezone.now().replace(hour=1)
    items = [
        faces.Todo("Undated", "/u", "Open"),
        faces.Todo("Far", "/f", "Open", now + timedelta(days=30)),
        faces.Todo("Late", "/l", "Open", now - timedelta(days=1)),
        faces.Todo("Soon", "/s", "Open", now + timedelta(minutes=5)),
    ]

    text = shown("{% todo items now=now %}", items=items, now=now)

    assert re.findall(r'jb-group">(\w[\w ]*)<', text) == ["Overdue", "Today", "Later", "No date set"]
    assert re.findall(r'jb-what"><a href="(\S+)"', text) == ["/l", "/s", "/f", "/u"]
    assert text.count("btn-primary") == 1


def test_a_deadline_counts_down_and_says_its_moment():
    now = timezone.now()

    text = shown("{% deadline at now=now %}", at=now + timedelta(days=16, hours=6, minutes=17, seconds=53), now=now)

    assert re.findall(r"<b>(\d+)</b>", text) == ["16", "06", "17", "53"]
    assert "At exactly this moment is in time" in text


def test_a_deadline_is_not_over_at_its_moment_and_is_over_after_it():
    now = timezone.now()

    assert "jb-count" in shown("{% deadline now now=now %}", now=now)
    assert "jb-count" not in shown("{% deadline at now=now %}", at=now - timedelta(microseconds=1), now=now)


def test_a_ruler_places_parts_and_limit_by_amount():
    ruler = faces.Ruler(
        2600, [faces.Part("own", 1600), faces.Part("city", 1000, "b")], "fine", [faces.Mark(1560, "60 %")]
    )

    drawn = draw_ruler(ruler)

    assert [(each["x"], each["width"]) for each in drawn["stretches"]] == [("0.00%", "61.54%"), ("61.54%", "38.46%")]
    assert [each["x"] for each in drawn["marks"]] == ["60.00%"]


def test_dropped_sheets_are_hollow_and_equal_ones_stand_on_each_other():
    points = [faces.Points(Decimal(90)), faces.Points(Decimal(90)), faces.Points(Decimal(96), dropped=True)]
    scored = faces.Scored("A", points, Decimal("90.00"), 1)
    axis = axis_of([scored], 70)

    drawn = draw_scores(scored, axis)

    assert (axis.low, axis.high) == (65, 100)
    assert [(dot["y"], dot["dropped"]) for dot in drawn["dots"]] == [(30, False), (18, False), (30, True)]
    assert drawn["dots"][0]["x"] == drawn["mean"] == "71.43%"
    assert shown("{% plot items pass_line=70 %}", items=[scored]).count("pt drop") == 2  # one of them in the key


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda each: each.stem)
def test_every_component_begins_with_a_comment_about_its_variables(component: Path):
    assert component.read_text().startswith("{# ")


@pytest.mark.parametrize(
    "template",
    sorted((settings.BASE_DIR / "templates").rglob("*.html")),
    ids=lambda each: f"{each.parent.name}/{each.name}",
)
def test_every_template_loads_and_has_nothing_inline(template: Path):
    source = template.read_text()

    Template(source)
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", source)
