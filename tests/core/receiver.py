"""A server that receives webhooks on loopback, and checks signatures by an implementation of its own."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """As a receiver does it, from the words of Standard Webhooks alone."""
    prefix, _line, encoded = secret.partition("_")
    assert prefix == "whsec"
    to_sign = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    mine = base64.b64encode(hmac.new(base64.b64decode(encoded), to_sign, hashlib.sha256).digest()).decode()
    return any(one.partition(",")[2] == mine for one in headers["webhook-signature"].split() if one.startswith("v1,"))


class Receiver(ThreadingHTTPServer):
    """`answers` are given in turn, the last one for ever: a status, or what writes the whole answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.answers: list[int | Callable[[Any], None]] = [204]
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.paths: list[str] = []
        self.released = threading.Event()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"

    def contents(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.got]


class Visit(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.server.paths.append(self.path)
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            return answer(self)
        self.send_response(answer)
        if answer in (301, 302, 307, 308):
            self.send_header("Location", f"http://{self.server.host}/elsewhere")
        self.send_header("Content-Length", "0")
        return self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # looks for its end
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
