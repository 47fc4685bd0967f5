"""
A server that speaks the OpenAI protocol on the loopback address and does what it is told,
also wrongly. `then` lines up what the next requests get; the last goes on for ever.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-of-the-tests-which-nobody-may-see"
CAPTION: dict[str, Any] = {
    "external_attributes": [{"text": "A young woman with short brown hair.", "inferred": []}],
    "facial_changes": [
        {
            "text": "Her brows rise slightly, as if she is surprised.",
            "inferred": ["as if she is surprised"],
            "phase": "beginning",
            "from_s": 0.0,
            "to_s": 0.4,
        },
        {
            "text": "Then the corners of her mouth lift.",
            "inferred": [],
            "phase": "end",
            "from_s": None,
            "to_s": None,
        },
    ],
    "summary": {"text": "A woman is pleased by something.", "inferred": []},
}


class Reply:
    """What one request gets. A subclass or another body makes it a wrong one."""

    def __init__(self, status: int = 200, body: Any = None, **headers: str) -> None:
        self.status, self.body, self.headers = status, body, headers

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        data = self.data()
        self.begin(handler, len(data))
        handler.wfile.write(data)

    def begin(self, handler: BaseHTTPRequestHandler, length: int) -> None:
        handler.send_response(self.status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(length))
        for name, value in self.headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    def data(self) -> bytes:
        body = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return body.encode()


class CutReply(Reply):
    """Half of what was promised."""

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        data = self.data()
        self.begin(handler, len(data))
        handler.wfile.write(data[: len(data) // 2])
        handler.close_connection = True


class LateReply(Reply):
    """Never, until the test is over."""

    def __init__(self, over: threading.Event) -> None:
        super().__init__()
        self.over = over

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        self.over.wait(30)
        handler.close_connection = True


class EndlessReply(Reply):
    """Letters without an end, until the other side hangs up."""

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        self.begin(handler, 2**40)
        try:
            while True:
                handler.wfile.write(b" " * 65536)
        except OSError:
            handler.close_connection = True


def saying(text: object, *, finish: str = "stop", **message: Any) -> Reply:
    """A completion with this text; anything else than text is written as JSON."""
    content = text if isinstance(text, str) or text is None else json.dumps(text)
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content, **message},
    }
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    return Reply(
        body={"id": "c1", "object": "chat.completion", "choices": [choice], "usage": usage}
    )


def refusing(
    status: int, code: str | int = "", *, param: str | None = None, **headers: str
) -> Reply:
    error = {"message": "No. " + KEY, "code": code or None, "param": param}
    return Reply(status, {"error": error}, **headers)


class HostedModel(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: list[Reply] = [saying(CAPTION)]
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.over = threading.Event()
        self.lock = threading.Lock()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/v1"

    def then(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def next_reply(self) -> Reply:
        with self.lock:
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the body of an answer waits 40 ms for the receipt of its head.
    disable_nagle_algorithm = True
    server: HostedModel
    asked: dict[str, Any]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.asked = json.loads(self.rfile.read(length))
        self.server.requests.append(self.asked)
        self.server.keys.append(self.headers["Authorization"])
        self.server.next_reply().send(self)

    def log_message(self, *_: object) -> None:
        """The test's output is for the test."""


@contextmanager
def serving():
    server = HostedModel()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
