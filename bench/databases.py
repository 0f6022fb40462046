"""Two databases of one run, small and large, and which of them `default` is at the moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

EMPTY, SMALL, LARGE = "empty", "small", "large"


def url_of(variable: str, name: str) -> str:
    """The address that an environment variable holds, with another database."""
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{name}"))


class Databases:
    """Made from one migrated template by the owner; used by the role of the application, as in production."""

    def __init__(self) -> None:
        self.owner_variable = "DATABASE_OWNER_URL" if os.environ.get("DATABASE_OWNER_URL") else "DATABASE_URL"
        self.names = {kind: f"bench_{os.getpid()}_{kind}" for kind in (EMPTY, SMALL, LARGE)}
        self._wrappers: dict[str, BaseDatabaseWrapper] = {}

    def owner_url(self, kind: str) -> str:
        return url_of(self.owner_variable, self.names[kind])

    def application_url(self, kind: str) -> str:
        return url_of("DATABASE_URL", self.names[kind])

    def make(self) -> None:
        """An empty migrated database, and two copies of it. It is a copy itself where the tests have made one."""
        with self._maintenance() as server:
            made = server.execute(
                "SELECT datname FROM pg_database WHERE datname = %s", [os.environ.get("TEST_TEMPLATE_DATABASE", "")]
            ).fetchone()
            order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            source = made[0] if made else "template1"
            server.execute(order.format(sql.Identifier(self.names[EMPTY]), sql.Identifier(source)))
        owner = self._wrapper(EMPTY, self.owner_variable)
        connections["default"] = owner
        call_command("migrate", interactive=False, verbosity=0)
        owner.close()
        with self._maintenance() as server:
            for kind in (SMALL, LARGE):
                copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                server.execute(copy.format(sql.Identifier(self.names[kind]), sql.Identifier(self.names[EMPTY])))
        self._wrappers = {kind: self._wrapper(kind, "DATABASE_URL") for kind in (SMALL, LARGE)}
        self.use(LARGE)

    def use(self, kind: str) -> None:
        """From now on `default` is this one. Its connection stays open while the other one is used."""
        connections["default"] = self._wrappers[kind]

    def drop(self) -> None:
        for wrapper in self._wrappers.values():
            wrapper.close()
        with self._maintenance() as server:
            for name in self.names.values():
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _wrapper(self, kind: str, variable: str) -> BaseDatabaseWrapper:
        from config import environment

        settings = connections.settings["default"]
        named = environment.database(url_of(variable, self.names[kind]))
        connections.settings["default"] = {**settings, **named}
        try:
            return connections.create_connection("default")
        finally:
            connections.settings["default"] = settings

    @contextmanager
    def _maintenance(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(url_of(self.owner_variable, "postgres"), autocommit=True) as server:
            yield server
