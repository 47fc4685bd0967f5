"""
The one way to servers outside. It looks at the address that it connects to, not at the name, so
neither a redirect nor a name that changes its address leads into the own network.

Names and addresses stay out of the errors, which people see.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import httpcore2
import httpx2
from django.conf import settings

from annotation.errors import WorkflowError

MOST_REDIRECTS = 3
CONNECT_S = 10.0
# A caption is some kilobytes; this bounds what an endless answer can fill.
MOST_BYTES = 8 * 2**20
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]


class OutgoingRefused(WorkflowError):
    """The address is not one that this installation may reach."""

    code = "outgoing_refused"


def refuse() -> OutgoingRefused:
    return OutgoingRefused("This address may not be reached from here. Name a public https one.")


def check_url(url: str) -> None:
    """
    Refuses what is wrong with an address as it is written: other schemes, user names, hosts in
    odd notations. Plain http is for the servers that the settings allow by host and port.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise refuse() from None
    host = parts.hostname or ""
    if not host or parts.username is not None or parts.password is not None:
        raise refuse()
    if parts.scheme == "http" and is_allowed(host, port):
        return
    if parts.scheme != "https" or host.endswith(".") or _is_odd(host):
        raise refuse()


def is_allowed(host: str, port: int) -> bool:
    return f"{host}:{port}" in settings.OUTGOING_ALLOWED


def _is_odd(host: str) -> bool:
    """What resolvers read as a number though it is no address in the usual notation."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return last.isdigit() or last.lower().startswith("0x")
    return False


def is_public(text: str) -> bool:
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is None and isinstance(address, ipaddress.IPv6Address) and address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    found = inner or address
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [cast("str", address[0]) for *_, address in found]


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves a name once, looks at every address of it, and connects to what it looked at."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            addresses = self._resolve(host, port)
        except OSError as problem:
            raise httpcore2.ConnectError("no such host") from problem
        if not addresses or not (is_allowed(host, port) or all(map(is_public, addresses))):
            raise refuse()
        return self._plain.connect_tcp(
            addresses[0], port, timeout, local_address, socket_options or []
        )


class GuardedTransport(httpx2.HTTPTransport):
    """Every request, also one that a redirect asks for, and every byte of its answer."""

    def __init__(self, resolve: Resolve, total_s: float, most_bytes: int) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            network_backend=GuardedBackend(resolve),
        )
        self._total_s, self._most_bytes = total_s, most_bytes

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        check_url(str(request.url))
        until = time.monotonic() + self._total_s
        response = super().handle_request(request)
        stream = cast("httpx2.SyncByteStream", response.stream)
        response.stream = Bounded(stream, request, until, self._most_bytes)
        return response


class Bounded(httpx2.SyncByteStream):
    """An answer that trickles or never ends is broken off: time-outs look at single reads only."""

    def __init__(
        self, stream: httpx2.SyncByteStream, request: httpx2.Request, until: float, most: int
    ) -> None:
        self._stream, self._request, self._until, self._most = stream, request, until, most

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for chunk in self._stream:
            read += len(chunk)
            if read > self._most:
                raise httpx2.ReadError("too large", request=self._request)
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("too slow", request=self._request)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def guarded_client(
    *,
    timeout_s: float,
    follow_redirects: bool = False,
    most_bytes: int = MOST_BYTES,
    resolve: Resolve = resolve,
) -> httpx2.Client:
    """A client of its own for each piece of work; no proxies, cookies or keys of the worker."""
    return httpx2.Client(
        transport=GuardedTransport(resolve, timeout_s, most_bytes),
        timeout=httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
        follow_redirects=follow_redirects,
        max_redirects=MOST_REDIRECTS,
        trust_env=False,
    )
