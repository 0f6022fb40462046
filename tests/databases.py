"""Databases of the tests: made once for all processes of a run, and emptied after tests with real commits.

Of all processes one applies the migrations, which takes a minute; the others copy what it made. Only where the run has
a cluster of its own (`make test` names the template then): no template in it is older than the migrations."""

from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

LOCK = 7_202_111  # any number that nobody else locks


class Template:
    """Held by one process until it has made the template; who waited for it copies it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.server = server()
        self.server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        self.copied = has_database(self.server, name)
        if self.copied:
            copy(self.server, name, own_name())
            self.server.close()

    def keep(self) -> None:
        """The database of this process is migrated and nothing else: it becomes the template."""
        if not self.copied:
            connection.close()
            copy(self.server, own_name(), self.name)
            self.server.close()


def server() -> psycopg.Connection[Any]:
    said = connection.settings_dict
    return psycopg.connect(
        host=said["HOST"], port=said["PORT"], user=said["USER"], password=said["PASSWORD"], dbname="postgres",
        autocommit=True,
    )  # fmt: skip


def own_name() -> str:
    """The database of this process."""
    return str(connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}")


def has_database(cluster: psycopg.Connection[Any], name: str) -> bool:
    return cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def copy(cluster: psycopg.Connection[Any], source: str, target: str) -> None:
    order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    cluster.execute(order.format(sql.Identifier(target), sql.Identifier(source)))


KEPT = ("auth_permission", "django_content_type")  # of the models, not of a test
FILLED = sql.SQL("(SELECT {} WHERE EXISTS (SELECT FROM {}))")
django_emptying = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs


def empty(test: Any) -> None:
    """Rows of the few tables that hold any. Django truncates all there are, which takes half a second a test.

    As there, whoever still writes is waited for; what guards rows against deletion, and keys between tables, are not
    asked, which only a superuser may wish: with another's database it is done in Django's way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [powerful] = cursor.fetchone()
    if not powerful:
        django_emptying(test)
        return
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [sql.Identifier(name) for name in sorted(set(names) - set(KEPT))]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(tables)))
        cursor.execute(sql.SQL(" UNION ALL ").join(FILLED.format(sql.Literal(one.as_string()), one) for one in tables))
        filled = [sql.SQL(name) for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(sql.SQL("DELETE FROM {}").format(table))
