"""S06: the pages and the content security policy they are served with."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse
from django.test import Client, RequestFactory

from config.head_requests import without_body


@pytest.fixture
def built(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "index.html").write_text('<meta name="csp-nonce" content="__CSP_NONCE__">')


@pytest.mark.parametrize("path", ["/", "/sign-in", "/projects/4/queue", "/assignments/7"])
def test_every_route_of_the_app_is_the_one_document(client, built, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'name="csp-nonce"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "csrftoken" in answer.cookies


def test_s06_the_nonce_of_the_page_is_the_one_of_the_policy_and_new_each_time(client, built):
    nonces = []
    for _ in range(2):
        answer = client.get("/")
        found = re.search(r'content="([^"]+)"', answer.content.decode())
        assert found is not None
        assert f"'nonce-{found[1]}'" in answer["Content-Security-Policy"]
        nonces.append(found[1])
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/nothing", "/static/nothing.js"])
def test_s06_the_policy_is_enforced_everywhere_and_allows_nothing_unsafe(client, built, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/media/nothing.mp4", "/static/nothing.js"])
def test_what_a_server_prefix_does_not_have_is_not_a_page(client, built, path):
    assert client.get(path).status_code == 404


def test_s05_every_answer_has_the_security_headers(client, built):
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_without_built_pages_the_answer_says_what_to_do(client, settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make run" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/nothing", "/static/nothing.js"])
def test_head_has_the_length_of_get_and_no_body(built, path):
    # As a server asks; the test client would take the body of HEAD away by itself.
    application = get_wsgi_application()
    full = application.get_response(RequestFactory().get(path))
    head = application.get_response(RequestFactory().head(path))
    body = b"".join(full)
    assert head["Content-Length"] == full["Content-Length"] == str(len(body))
    assert body
    assert b"".join(head) == b""


@pytest.mark.django_db
def test_head_of_a_streamed_answer_reads_nothing_and_closes_it():
    stream = BytesIO(b"caption")
    head = without_body(lambda _request: FileResponse(stream))(RequestFactory().head("/"))
    assert b"".join(head) == b""
    assert stream.tell() == 0
    head.close()
    assert stream.closed


def test_pages_change_nothing(client, built):
    assert client.post("/").status_code == 405


@pytest.mark.django_db
def test_operators_sign_in_on_the_products_own_page(client):
    answer = client.get("/operations/")
    assert answer.status_code == 302
    answer = client.get(answer["Location"])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


@pytest.mark.django_db
def test_s04_nobody_registers_by_themselves(client):
    answer = client.post(
        "/_allauth/browser/v1/auth/signup",
        {"email": "finn@example.org", "password": "correct horse battery"},
        content_type="application/json",
    )
    assert answer.status_code == 403


def test_s62_built_files_are_for_this_origin_only(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-0a1b2c3d.js").write_text("export {};")
    answer = Client().get("/static/assets/index-0a1b2c3d.js")
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
