"""S01, S82: a value that cannot be used stops the start, with a sentence and without the value."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.databases import address, parse_database
from config.env import ROOT, TrainSlurm, read_environment
from config.secret_files import stored_secret

# The same in every process, because it names parametrised tests; secrets enough for a check.
GOOD = "kV9-xQ2_wLr7TzB4mNcY8sHfJ6dGpA3eRuWnE5oZtXiKyMbC1vDlSqPgUhFjOa0"


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("", "too weak"),
        ("short", "too weak"),
        ("a" * 80, "too weak"),
        ("change-me-" + GOOD, "sample value"),
        ("django-insecure-" + GOOD, "sample value"),
        ("${SECRET_KEY}" + GOOD, "placeholder"),
        ("{{ secret }}" + GOOD, "placeholder"),
    ],
)
@pytest.mark.parametrize("name", ["secret_key", "encryption_key"])
def test_s01_a_weak_secret_stops_the_start(name, secret, sentence):
    with pytest.raises(SystemExit, match=f"^{name.upper()} .*{sentence}") as stop:
        read_environment(**{name: secret})
    assert not secret or secret not in str(stop.value)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"port": "http"}, "PORT"),
        ({"port": 0}, "PORT"),
        ({"port": 70000}, "PORT"),
        ({"debug": "perhaps"}, "DEBUG"),
        ({"database_url": "sqlite:///db.sqlite3"}, "DATABASE_URL"),
        ({"database_url": "postgresql://ada:a/b@db.example/captions"}, "DATABASE_URL"),
        ({"database_url": "postgresql://ada:a#b@db.example/captions"}, "DATABASE_URL"),
        ({"database_url": "postgresql://ada@db.example"}, "DATABASE_URL"),
        ({"redis_url": "amqp://localhost"}, "REDIS_URL"),
        ({"redis_url": "redis://:a/b@broker.example:6379/0"}, "REDIS_URL"),
    ],
)
def test_a_bad_value_is_named(values, name):
    with pytest.raises(SystemExit, match=f"^{name} "):
        read_environment(**values)


def test_all_bad_values_are_named_at_once():
    with pytest.raises(SystemExit, match=r"(?s)PORT.*DATABASE_URL"):
        read_environment(port=0, database_url="mysql://x")


def test_words_are_separated_by_commas():
    environment = read_environment(allowed_hosts="a.example, b.example,")
    assert environment.allowed_hosts == ("a.example", "b.example")


ENDPOINT = '{"url": "https://models.example.org/v1", "api_key": "sk-one-that-nobody-may-see"}'


def test_endpoints_of_models_are_read_and_hide_their_keys():
    read = read_environment(draft_endpoints=f'{{"cloud": {ENDPOINT}}}', outgoing_allowed="a:1, b:2")
    endpoint = read.draft_endpoints["cloud"]
    assert endpoint.api_key.get_secret_value() == "sk-one-that-nobody-may-see"
    assert "nobody-may-see" not in repr(read)
    assert read.outgoing_allowed == ("a:1", "b:2")


def test_a_cluster_is_named_or_there_is_none():
    assert read_environment(train_slurm="").train_slurm is None
    assert read_environment(train_slurm="{}").train_slurm == TrainSlurm()
    named = read_environment(train_slurm='{"partition": "gpu", "hours": 48}').train_slurm
    assert (named.partition, named.hours) == ("gpu", 48)
    for wrong in ("gpu", '{"gpus": 8}', '{"hours": 0}'):
        with pytest.raises(SystemExit, match="TRAIN_SLURM"):
            read_environment(train_slurm=wrong)


@pytest.mark.parametrize(
    "value",
    [
        "sk-one-that-nobody-may-see",
        '{"cloud": "sk-one-that-nobody-may-see"}',
        ENDPOINT,
        f'{{"cloud": {ENDPOINT.replace("https", "file")}}}',
        f'{{"cloud": {ENDPOINT.replace("url", "uri")}}}',
    ],
)
def test_s83_endpoints_that_cannot_be_used_stop_the_start_without_a_key(value):
    with pytest.raises(SystemExit) as stop:
        read_environment(draft_endpoints=value)
    assert "DRAFT_ENDPOINTS" in str(stop.value)
    assert "nobody-may-see" not in str(stop.value)


def test_a_secret_is_made_once(tmp_path):
    file = tmp_path / "deeper" / "secret-key"
    first = stored_secret(file, None)
    assert len(first) >= 50
    assert stored_secret(file, None) == first
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:s%40c%2Fr%3Ae%25t@db.example:5433/captions",
        "postgresql://ada@/captions?host=%2Fvar%2Frun",
    ],
)
def test_a_database_address_is_read_and_written(url):
    assert address(parse_database(url)) == url


def test_parameters_of_a_database_address_reach_the_driver():
    where = parse_database("postgresql://ada@db.example/captions?sslmode=require")
    assert where["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("key", [None, "short", "insecure" * 10])
def test_s01_production_does_not_start_without_a_secret(key):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    if key is not None:
        environment["SECRET_KEY"] = key
    answer = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "SECRET_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr
