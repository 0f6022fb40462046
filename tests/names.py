"""The name service of the tests: a table, and names that lead where an attacker would have them lead."""

import socket

TABLE = {
    "hooks.example.org": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "localtest.example.org": ["127.0.0.1"],
    "metadata.example.org": ["169.254.169.254"],
    "mapped.example.org": ["::ffff:10.0.0.1"],
    "mixed.example.org": ["93.184.215.14", "10.0.0.1"],
    "nat64.example.org": ["64:ff9b::a00:1"],
    "six.example.org": ["fd00:ec2::254"],
}
#: What follows the first answer: a name that was public when it was entered.
TURNS: dict[str, list[list[str]]] = {}
ASKED: list[str] = []


def lookup(host: str, port: int) -> list[str]:
    ASKED.append(host)
    if host in TURNS:
        answers = TURNS[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]
    if host == "slow.example.org":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    if host in TABLE:
        return TABLE[host]
    return addresses_written_as_such(host, port)


def addresses_written_as_such(host: str, port: int) -> list[str]:
    """As the system does it, also for 127.1, 0x7f000001 and the like; nothing is asked of anybody."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(one[4][0]) for one in found]
