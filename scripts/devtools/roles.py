"""Have the application's login role and the database. Run by the Python of .venv, safe to run twice."""

import os

import psycopg
from psycopg import sql

OWNER, APPLICATION, DATABASE = "tizilim_owner", "tizilim_app", "tizilim"

with psycopg.connect(os.environ["OWNER_URL"], autocommit=True) as connection:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APPLICATION)))
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(APPLICATION), sql.Literal(os.environ["APP_PASSWORD"])
        )
    )
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
