"""测速用的库：自己建、自己删；装之前拆下索引和外键，装完照原样装回去。"""

import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import psycopg2

# 装的就是这些表
DOCUMENTS = ("insight_searchdocument",)
TABLES = (
    "petitions_petitionevent",
    "petitions_petition",
    "petitions_submission",
    "petitions_party",
    "petitions_person",
    "petitions_deadline",
    "petitions_involvement",
    "petitions_leg",
    "petitions_claim",
)
KEYED = ("petition", "submission", "party", "person", "leg")  # 键由我们定的，装完要把序列拨过去


def address_of(database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def session(database: str):
    """A psycopg2 connection that commits every statement."""
    link = psycopg2.connect(address_of(database))
    link.autocommit = True
    return link


def create(database: str, template: str = "") -> None:
    """An empty database, or a copy of one; what a broken run left under that name goes first."""
    link = session("postgres")
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))
    link.close()


def drop(database: str) -> None:
    link = session("postgres")
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    link.close()


def shape(database: str, tables: tuple[str, ...]) -> list[list[str]]:
    """Table, name and definition of every index but the primary keys, then of unique and foreign keys."""
    link = session(database)
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT tab::text, name, definition FROM (SELECT indrelid::regclass tab, indexrelid::regclass::text name, "
            "pg_get_indexdef(indexrelid) definition, 'i' kind FROM pg_index WHERE NOT indisprimary "
            "AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype = 'u') UNION ALL "
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), contype FROM pg_constraint "
            "WHERE contype IN ('u', 'f')) there WHERE tab = ANY(%s::regclass[]) "
            "ORDER BY array_position(ARRAY['i', 'u', 'f'], kind::text), array_position(%s, tab::text), name",
            [list(tables), list(tables)],
        )
        found = [list(row) for row in cursor.fetchall()]
    link.close()
    return found


def undress(database: str, parts: list[list[str]]) -> None:
    """Take them off, foreign keys first, the triggers sleep; what is off already stays off."""
    lines = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in _tables(parts)]
    for table, name, definition in reversed(parts):
        if definition.startswith("CREATE"):
            lines.append(f"DROP INDEX IF EXISTS {name}")
        else:
            lines.append(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')
    _run(database, lines)


def dress(database: str, parts: list[list[str]]) -> None:
    """Indexes first, on two connections; then the constraints, each checked against every row; then statistics. The
    triggers wake.

    What is there already is passed over.
    """
    there = {tuple(part[:2]) for part in shape(database, tuple(dict.fromkeys(part[0] for part in parts)))}
    missing = [part for part in parts if tuple(part[:2]) not in there]
    with ThreadPoolExecutor(2) as pool:
        for wanted in ("CREATE", "UNIQUE"):
            by_table: dict[str, list[str]] = {}
            for part in missing:
                if part[2].startswith(wanted):
                    by_table.setdefault(part[0], []).append(_put_back(*part))
            list(pool.map(lambda lines: _run(database, lines), by_table.values()))
    # 外键要锁住被指的表，两条连接会互相等，所以一条一条来
    _run(database, [_put_back(*part) for part in missing if part[2].startswith("FOREIGN")])
    _run(database, [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _tables(parts)])
    _run(database, [f"VACUUM (ANALYZE) {table}" for table in _tables(parts)])


def _tables(parts: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(part[0] for part in parts))


def _put_back(table: str, name: str, definition: str) -> str:
    return (
        definition if definition.startswith("CREATE") else f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
    )


def advance_keys(database: str) -> None:
    """Sequences whose keys we gave ourselves go on behind them."""
    _run(
        database,
        [
            f"SELECT setval(pg_get_serial_sequence('petitions_{name}', 'id'), (SELECT max(id) FROM petitions_{name}))"
            for name in KEYED
        ],
    )


def _run(database: str, lines: list[str]) -> None:
    link = session(database)
    with link.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        for line in lines:
            cursor.execute(line)
    link.close()


def size_of(database: str) -> float:
    """GB on disk."""
    link = session("postgres")
    with link.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(%s)", [database])
        size = cursor.fetchone()[0]
    link.close()
    return round(size / 2**30, 2)
