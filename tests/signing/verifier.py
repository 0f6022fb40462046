"""A verifier as an operator would run one: a server on loopback that answers what it is told to."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import cms
from pyhanko.sign.general import extract_certificate_info

Answer = Callable[[dict[str, Any]], Any]


def certificate_in(question: dict[str, Any]) -> str:
    data = cms.ContentInfo.load(base64.b64decode(question["signature"]))["content"]
    return str(extract_certificate_info(data).signer_cert.sha256.hex())


def saying(verdict: str, *reasons: str, **more: Any) -> Answer:
    """A well-formed answer about the certificate that was sent."""

    def answer(question: dict[str, Any]) -> dict[str, Any]:
        facts = {"version": 1, "verdict": verdict, "reasons": list(reasons)}
        return {**facts, "certificate_sha256": certificate_in(question), **more}

    return answer


class Verifier(ThreadingHTTPServer):
    """`answer` makes the answer from the question; bytes go out as they are. `status` is that of all answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.status, self.headers = 200, {"Content-Type": "application/json"}
        self.answer: Answer = saying("valid")
        self.questions: list[dict[str, Any]] = []
        self.sent: list[dict[str, str]] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/verify"


class Visit(BaseHTTPRequestHandler):
    server: Verifier

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.questions.append(question)
        self.server.sent.append({name.lower(): value for name, value in self.headers.items()})
        said = self.server.answer(question)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.questions.append({"followed": self.path})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def verifier() -> Iterator[Verifier]:
    with Verifier() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # looks for its end
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
