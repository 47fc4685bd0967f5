"""The one way out: which addresses it refuses, and that no detour leads past it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from annotation.outgoing import OutgoingRefused, check_url, guarded_client, is_public

PUBLIC = "93.184.215.14"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 1000)

    def log_message(self, *_):
        """The test's output is for the test."""


@pytest.fixture
def host(settings):
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.OUTGOING_ALLOWED = (f"127.0.0.1:{server.server_port}",)
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def a_client(*addresses, **options):
    with guarded_client(timeout_s=5, resolve=lambda host, port: list(addresses), **options) as http:
        yield http


@pytest.mark.parametrize("scheme", ["file", "gopher", "ftp", "data", "dict", "http", ""])
def test_s10_other_schemes_are_refused(scheme):
    with pytest.raises(OutgoingRefused):
        check_url(f"{scheme}://example.org/x")


@pytest.mark.parametrize(
    "url",
    [
        "https://good@example.org/",
        "https://good:x@example.org/",
        "https://example.org./",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://017700000001/",
        "https://127.1/",
        "https:///path",
        "https://example.org:99999/",
        "https://[::1/",
    ],
)
def test_s11_odd_addresses_are_refused(url):
    with pytest.raises(OutgoingRefused):
        check_url(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- an address to refuse
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_s11_addresses_of_the_own_network_are_not_public(address):
    assert not is_public(address)
    with a_client(address) as http, pytest.raises(OutgoingRefused):
        http.get("https://example.org/")


def test_s11_public_addresses_are_public():
    assert is_public(PUBLIC)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_s12_a_redirect_into_the_own_network_is_refused(host):
    inside = "http://10.0.0.1/"
    with guarded_client(timeout_s=5, follow_redirects=True) as http:
        with pytest.raises(OutgoingRefused):
            http.get(f"http://{host}/to/{inside}")
        assert http.get(f"http://{host}/to/http://{host}/").status_code == 200


def test_s12_three_redirects_are_followed_and_no_more(host):
    hop = f"http://{host}/to/"
    with guarded_client(timeout_s=5, follow_redirects=True) as http:
        assert http.get(f"{hop * 3}http://{host}/").status_code == 200
        with pytest.raises(httpx2.TooManyRedirects):
            http.get(f"{hop * 4}http://{host}/")


def test_a_client_that_does_not_ask_for_it_follows_nothing(host):
    with guarded_client(timeout_s=5) as http:
        assert http.get(f"http://{host}/to/http://10.0.0.1/").status_code == 302


def test_s13_the_connection_goes_to_the_address_that_was_looked_at(host, settings, monkeypatch):
    """The name is looked up once: what it answers later leads nowhere."""
    asked = []

    def resolve(name, port):
        asked.append(name)
        return [PUBLIC]

    tried = []

    def connect(self, host, *arguments, **options):
        tried.append(host)
        raise OSError

    monkeypatch.setattr("httpcore2.SyncBackend.connect_tcp", connect)
    with guarded_client(timeout_s=5, resolve=resolve) as http, pytest.raises(OSError):  # noqa: PT011
        http.get("https://example.org/")
    assert (asked, tried) == (["example.org"], [PUBLIC])


def test_s13_one_bad_address_among_good_ones_is_enough(host):
    with a_client(PUBLIC, "127.0.0.1") as http, pytest.raises(OutgoingRefused):
        http.get("https://example.org/")


def test_s14_a_refusal_names_no_address():
    with a_client("10.1.2.3") as http, pytest.raises(OutgoingRefused) as refusal:
        http.get("https://inside.example.org/secret")
    assert "10.1.2.3" not in refusal.value.message
    assert "inside" not in refusal.value.message


def test_s15_only_the_settings_open_the_loopback_address(host, settings):
    with guarded_client(timeout_s=5) as http:
        assert http.get(f"http://{host}/").status_code == 200
        settings.OUTGOING_ALLOWED = ("127.0.0.1:1",)
        with pytest.raises(OutgoingRefused):
            http.get(f"http://{host}/")


def test_an_answer_larger_than_its_bound_is_broken_off(host):
    with guarded_client(timeout_s=5, most_bytes=100) as http, pytest.raises(httpx2.ReadError):
        http.get(f"http://{host}/")
