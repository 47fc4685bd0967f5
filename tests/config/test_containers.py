"""S03: what the Compose file publishes, and which secrets it holds."""

from __future__ import annotations

import re

import yaml

from config.env import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text()
STAGES = dict(re.findall(r"^FROM \S+ AS (\w+)\n(.*?)(?=^FROM |\Z)", DOCKERFILE, re.M | re.S))


def test_s03_only_the_web_port_is_published_and_only_on_the_loopback_address():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_s03_no_service_shares_the_hosts_network():
    assert not [name for name, service in SERVICES.items() if "network_mode" in service]


def test_s03_passwords_come_from_files_and_have_no_default():
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            is_secret = any(word in variable for word in ("PASSWORD", "SECRET", "KEY", "TOKEN"))
            assert not is_secret or value.startswith("/run/secrets/"), (name, variable)
    assert all(list(secret) == ["file"] for secret in COMPOSE["secrets"].values())


def test_our_containers_have_no_rights_to_spare():
    for name, service in SERVICES.items():
        if "build" in service:
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name
            assert service["security_opt"] == ["no-new-privileges:true"], name


def test_every_queue_is_worked_on():
    commands = " ".join(" ".join(service.get("command", [])) for service in SERVICES.values())
    assert "-Q cpu" in commands
    assert "-Q io" in commands
    assert '"-Q", "ml"' in DOCKERFILE
    assert '"-Q", "gpu"' in DOCKERFILE


def test_what_is_copied_from_this_folder_is_there_and_sent_to_the_builder():
    copied = re.findall(r"^COPY ((?!--from)\S.*) \S+$", DOCKERFILE, re.M)
    paths = {path for line in copied for path in line.split()}
    sent = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    assert {"annotation", "api", "config", "ml", "manage.py"} <= paths
    for path in paths:
        assert (ROOT / path).exists(), path
        assert any(path == part or path.startswith(f"{part}/") for part in sent), path


def test_what_tracks_faces_has_the_networks():
    for name in ("worker", "gpu"):
        assert "COPY --from=models /models /models" in STAGES[name]
        assert "ENV MODELS_DIR=/models" in STAGES[name]
    assert "python -m ml fetch-models --folder /models" in STAGES["models"]
