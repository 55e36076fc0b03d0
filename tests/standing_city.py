"""常备的云州市：另有一个库，城市装在里面，用例在事务里用、回滚就还原，不必每例抄回。

Tests that commit, and tests that want empty tables, keep the plain database. Keys never meet: what was read under one
may be kept by the process for good, so the plain database counts on far beyond the city's.
"""

from django.db import connection

from tests import cast

FAR = 1_000_000
_plain = ""


def set_apart() -> None:
    """Copy the database just made, while nobody is in it."""
    global _plain
    _plain = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{_city()}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{_city()}" TEMPLATE "{_plain}"')


def enter() -> None:
    """What is asked from here on is asked of the standing city; the first time it is built."""
    _go_to(_city())
    if not cast.standing:
        cast.load_city()
        cast.standing.append(_city())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        leave()
        cast.count_on(FAR)
        _go_to(_city())


def leave() -> None:
    """Back to the plain database."""
    _go_to(_plain)


def pull_down() -> None:
    connection.close()  # 开着浏览器时用的是另一条连接：这一条可能还连着城市的库
    leave()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{_city()}" WITH (FORCE)')


def _city() -> str:
    return f"{_plain}_city"


def _go_to(name: str) -> None:
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name
