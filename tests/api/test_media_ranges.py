"""S23, S91: every Range header gets 200, 206 or 416, and no path leaves the media folder."""

from __future__ import annotations

import os

import pytest
from django.http import Http404
from django.test import RequestFactory

from api.media import serve_file

CONTENT = bytes(range(100))


@pytest.fixture
def film(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ACCEL_REDIRECT_PREFIX = ""
    path = tmp_path / "film"
    path.write_bytes(CONTENT)
    return path


def get(path, method="GET", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return serve_file(RequestFactory().generic(method, "/", headers=names), path, "video/mp4")


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=99-", 99, 99),
        ("bytes=90-1000", 90, 99),
        ("bytes=-1", 99, 99),
        ("bytes=-30", 70, 99),
        ("bytes=-1000", 0, 99),
        ("Bytes= 5-6 ", 5, 6),
        ("bytes=0-" + "9" * 4000, 0, 99),
    ],
)
def test_a_range_gets_its_part(film, header, first, last):
    response = get(film, Range=header)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_past_the_end_is_unsatisfiable(film, header):
    response = get(film, Range=header)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"
    assert body(response) == b""


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=--5",
        "bytes=1.5-3",
        "bytes=0x1-5",
        "bytes=\u0661-\u0665",
        "bytes=1-2\x00",
        "frames=0-5",
        "bytes=0-1,5-6",
        "bytes=0-,0-,0-,0-",
        "bytes=0-" + "9" * 5000,
    ],
)
def test_a_malformed_or_multiple_range_gets_the_whole_file(film, header):
    response = get(film, Range=header)
    assert response.status_code == 200
    assert "Content-Range" not in response
    assert body(response) == CONTENT


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5"])
def test_an_empty_file_has_no_part(film, header):
    film.write_bytes(b"")
    assert get(film, Range=header).status_code == 416


def test_the_whole_file_carries_what_players_and_caches_need(film):
    response = get(film)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == "100"
    assert response["Cache-Control"].startswith("private")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_head_has_the_headers_and_no_body(film):
    response = get(film, "HEAD", Range="bytes=0-9")
    assert (response.status_code, response["Content-Length"]) == (200, "100")
    assert body(response) == b""


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_if_range_with_the_same_version_gets_the_part(film, validator):
    current = get(film)[validator]
    assert get(film, Range="bytes=0-9", If_Range=current).status_code == 206


@pytest.mark.parametrize("validator", ['"other"', "W/{etag}", "yesterday", "{older}", ""])
def test_if_range_with_another_version_gets_the_whole_file(film, validator):
    condition = validator.format(etag=get(film)["ETag"], older="Sun, 06 Nov 1994 08:49:37 GMT")
    assert get(film, Range="bytes=0-9", If_Range=condition).status_code == 200


def test_a_known_version_is_not_sent_again(film):
    assert get(film, If_None_Match=get(film)["ETag"]).status_code == 304


def test_a_changed_file_has_another_etag(film):
    before = get(film)["ETag"]
    os.utime(film, ns=(1, 1))
    assert get(film)["ETag"] != before


@pytest.mark.parametrize("name", ["../secret", "a/../../secret", "gone"])
def test_a_path_outside_or_missing_is_not_found(film, name):
    (film.parent.parent / "secret").write_text("not media")
    with pytest.raises(Http404):
        get(film.parent / name)


def test_a_link_that_leads_outside_is_not_found(film):
    link = film.parent / "link"
    link.symlink_to("/etc/hostname")
    with pytest.raises(Http404):
        get(link)


def test_a_web_server_in_front_is_told_the_name_instead(film, settings):
    settings.ACCEL_REDIRECT_PREFIX = "/protected/"
    named = film.rename(film.parent / "a film.mp4")
    response = get(named, Range="bytes=0-9")
    assert response["X-Accel-Redirect"] == "/protected/a%20film.mp4"
    assert (response.status_code, body(response)) == (200, b"")
