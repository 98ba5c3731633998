"""docker-compose.yml and the Dockerfile say what ./dev run does; no Docker is needed to check that."""

import json
import re
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose

from portal.local import servers
from portal.local.postgres import DISCREET
from portal.settings import env

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
SERVING = ("web", "worker", "beat")


def instructions(name: str) -> list[str]:
    """The arguments of every instruction of this name in the Dockerfile."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


def test_the_compose_file_keeps_to_the_specification():
    services = PyCompose.from_json(json.dumps(COMPOSE)).service_names()

    assert sorted(services) == ["beat", "migrate", "postgres", "redis", "web", "worker"]


def test_the_check_itself_refuses_a_wrong_file():
    wrong = json.dumps(COMPOSE).replace('"service_healthy"', '"service_happy"')

    with pytest.raises(ValueError, match="service_happy"):
        PyCompose.from_json(wrong)


def test_the_servers_get_the_same_commands_as_on_one_machine():
    commands = {name: COMPOSE["services"][name]["command"] for name in SERVING}

    assert commands == {
        "web": ["python", "-m", *servers.web("0.0.0.0:8000")],
        "worker": ["python", "-m", *servers.WORKER],
        "beat": ["python", "-m", *servers.BEAT],
    }


def test_the_database_keeps_refused_rows_out_of_its_log():
    discreet = [word for setting in DISCREET for word in ("-c", setting)]

    assert COMPOSE["services"]["postgres"]["command"] == ["postgres", *discreet]


def test_every_variable_without_a_default_is_given():
    needed = {name for name, variable in env.VARIABLES.items() if variable.default is None}

    assert needed <= set(COMPOSE["services"]["migrate"]["environment"])
    for name in SERVING:
        assert needed - {"DATABASE_OWNER_URL"} <= set(COMPOSE["services"][name]["environment"])


def test_no_serving_process_knows_the_owners_login():
    for name in SERVING:
        assert not [word for word in map(str, COMPOSE["services"][name]["environment"].values()) if "owner" in word]
        assert "DATABASE_OWNER_URL" not in COMPOSE["services"][name]["environment"]


def test_named_volumes_and_configs_exist():
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "/"))
    }

    assert used == set(COMPOSE["volumes"])
    assert {config["source"] for config in COMPOSE["services"]["postgres"]["configs"]} == set(COMPOSE["configs"])


def test_what_the_image_copies_is_there():
    copied = [words.split()[:-1] for words in instructions("COPY") if not words.startswith("--from")]
    sources = [source for words in copied for source in words]

    assert "portal" in sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_serves_by_default_and_not_as_root():
    assert [json.loads(command) for command in instructions("CMD")] == [COMPOSE["services"]["web"]["command"]]
    assert instructions("USER") == ["jiebang"]


def test_the_image_uses_a_tested_python_and_the_locks():
    assert set(instructions("FROM")) == {"python:3.13-slim AS build", "python:3.13-slim"}
    assert any("--require-hashes" in run for run in instructions("RUN"))
