"""Reads the addresses of the database and the broker out of the environment."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str, meaning: str) -> str:
    """The environment variable `name`; raises ImproperlyConfigured with a sentence where it is missing or blank."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"没有设定环境变量 {name}（{meaning}）。"
            "试用和开发请用 `python3 run.py` 启动，它自带数据库和缓存；正式部署请自行设定。"
        )
    return value


def database(url: str, *, statement_timeout_ms: int) -> dict[str, object]:
    """postgres://user:password@host:port/name?sslmode=… as one entry of Django's DATABASES; times in milliseconds."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL 必须以 postgres:// 开头：本系统只支持 PostgreSQL 15 以上。")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL 末尾缺少数据库名，例如 postgres://用户:口令@主机:5432/fengqiao。")
    limits = f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=10000 -c client_min_messages=warning"
    # 每页的问句从信访件出发，依次带上外键；照写的顺序连就是好次序，逐一比较十几张表的连法比答题还慢
    limits += " -c join_collapse_limit=4"
    # 数据在固态盘或者内存里，随手取一页不比顺着读贵多少；照机械盘的老价（4）算，二十行的一页也要先把整张人员表读一遍
    limits += " -c random_page_cost=1.1"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": int(os.environ.get("CONN_MAX_AGE", "300")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": limits, "connect_timeout": 5, **dict(parse_qsl(parts.query))},
    }
