"""A mail server of the test's own: it speaks just enough SMTP to take mails, and refuses what it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        self.say("220 test")
        to = ""
        for raw in self.rfile:
            line = raw.decode().strip()
            word = line[:4].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say(self.server.refused.get(to) or self.server.refused.get("*") or "250 ok")
            elif word == "MAIL":
                self.say(self.server.sender or "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.taken.append(to)
                self.say("250 taken")
            else:
                self.say("250 ok")
        return None


class MailServer(socketserver.ThreadingTCPServer):
    """`refused`: answers to recipients (`*` for all others); `sender`: the answer to our sender address."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.refused: dict[str, str] = {}
        self.sender = ""
        self.taken: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # looks for its end
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
