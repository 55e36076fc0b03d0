"""Start-up checks on the database itself; `migrate` runs them, so a wrong one is noticed before anything is stored."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST = 150000  # PostgreSQL 15：分区、MERGE、UNIQUE NULLS NOT DISTINCT 都从这一版起


@register(Tags.database)
def the_database_can_search_chinese(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Errors where a database is too old or its locale leaves Chinese trigrams empty (searches would find nothing)."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            if connections[alias].pg_version < OLDEST:
                found.append(Error("PostgreSQL 版本太旧，需要 15 以上。", id="fengqiao.E001"))
            cursor.execute("SELECT '油' ~ '[[:alpha:]]', EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
            letter, has_trigrams = cursor.fetchone()
            if has_trigrams:
                cursor.execute("SELECT cardinality(show_trgm('油烟扰民')) > 0")
                letter = cursor.fetchone()[0]
            if not letter:
                found.append(
                    Error(
                        "数据库的区域设置不认汉字，检索会一条也查不到。",
                        hint="建库时用 --encoding=UTF8 --locale=C.UTF-8（docker-compose.yml 里已写好）。",
                        id="fengqiao.E002",
                    )
                )
    return found
