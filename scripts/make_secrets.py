"""Writes the secrets of docker-compose.yml, at random, once. What exists stays as it is."""

from __future__ import annotations

import secrets
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "secrets"


def main() -> None:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    for name in ("secret_key", "encryption_key", "database_password", "redis_password"):
        keep_or_write(name, secrets.token_urlsafe(64))
    keep_or_write(
        "database_url", f"postgresql://countenance:{read('database_password')}@db:5432/countenance"
    )
    keep_or_write("redis_url", f"redis://:{read('redis_password')}@redis:6379/0")


def keep_or_write(name: str, value: str) -> None:
    file = FOLDER / name
    if not file.exists():
        # The containers' users are not the owner; the folder keeps everybody else out.
        file.write_text(value)
        file.chmod(0o444)


def read(name: str) -> str:
    return (FOLDER / name).read_text()


if __name__ == "__main__":
    main()
