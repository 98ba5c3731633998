"""Every state that can be reached has a tone of its own choosing."""

import pytest
from django.apps import apps

from portal.tones import BY_STATE, ICONS, STATES, TONES

STATEFUL = [model for model in apps.get_models() if hasattr(model, "flow")]


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.model_name)
def test_each_state_of_a_flow_is_in_the_table(model):
    name = model._meta.model_name

    assert [state for state in model.flow.states if state not in BY_STATE and f"{name}.{state}" not in BY_STATE] == []


def test_every_tone_has_an_icon_and_no_state_stands_twice():
    assert set(ICONS) == set(TONES) == {tone for tone, _icon in STATES}
    assert len(BY_STATE) == sum(len(states.split()) for states in STATES.values())
