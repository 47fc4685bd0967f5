"""S03: what the Compose file publishes, and which secrets it holds."""

from __future__ import annotations

import yaml

from config.env import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


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
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    assert "-Q cpu" in commands
    assert "-Q io" in commands
    assert '"-Q", "ml"' in dockerfile
    assert '"-Q", "gpu"' in dockerfile
