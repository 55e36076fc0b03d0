"""A copy of the database for measurements whose rows cannot be taken out again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import connection


@contextmanager
def copy_of_the_database(copy: str) -> Iterator[str]:
    """The address of a copy of that name, dropped afterwards."""
    url = os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    connection.close()
    server = psycopg2.connect(url.rsplit("/", 1)[0] + "/postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        try:
            yield url.rsplit("/", 1)[0] + f"/{copy}"
        finally:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
            server.close()
