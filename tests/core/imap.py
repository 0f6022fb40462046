"""An IMAP server of the test's own: it speaks just enough to show mails and to keep their flags."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    server: "ImapServer"

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK test")
        for raw in self.rfile:
            tag, word, rest = [*raw.decode().strip().split(" ", 2), "", ""][:3]
            command = (rest.split(" ", 1)[0] if word.upper() == "UID" else word).upper()
            if command == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif command == "LOGIN" and self.server.password not in rest:
                self.say(f"{tag} NO wrong password")
                continue
            elif command == "SELECT":
                self.say(f"* {len(self.server.mails)} EXISTS")
            elif command == "SEARCH":
                left = [key for key, flags in self.server.flags.items() if not flags]
                self.say(f"* SEARCH {' '.join(left)}")
            elif command == "FETCH":
                key = rest.split()[1]
                mail = self.server.mails[key]
                self.say(f"* {key} FETCH (UID {key} BODY[]<0> {{{len(mail)}}}")
                self.wfile.write(mail + b")\r\n")
            elif command == "STORE":
                self.server.flags[rest.split()[1]] |= set(re.findall(r"\\\w+", rest))
            self.say(f"{tag} OK done")
            if command == "LOGOUT":
                return


class ImapServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = {str(number): mail for number, mail in enumerate(mails, start=1)}
        self.flags: dict[str, set[str]] = {key: set() for key in self.mails}
        self.password = "secret-word"

    def address(self, password: str = "secret-word") -> str:  # noqa: S107
        return f"imap://reader:{password}@127.0.0.1:{self.server_address[1]}/INBOX"


@contextmanager
def imap_server(*mails: bytes) -> Iterator[ImapServer]:
    with ImapServer(list(mails)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # looks for its end
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
