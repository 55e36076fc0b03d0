"""What a database is made of, as sorted lines: two databases of one version read alike, whichever way they came."""

import re

import psycopg2

PARTS = (
    # 表的列：名称、类型、可否为空、默认值。次序不比：后加的列排在后面
    """SELECT format('column %s.%s %s%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
           coalesce(pg_get_expr(d.adbin, d.adrelid), a.attidentity::text))
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    """SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)
# 倒出来再装进去的库，类型转换写的地方不同，意思一样
CAST = re.compile(r"::(text|character varying)(\[\])?|[()]")
# 板上那张表的列次序也要一样：函数按次序填它
IN_ORDER = """SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'supervision_boardrow'::regclass AND attnum > 0 AND NOT attisdropped"""


def described(url: str) -> list[str]:
    """Columns, constraints, indexes, triggers and functions of the database at `url`."""
    link = psycopg2.connect(url)
    try:
        with link.cursor() as cursor:
            lines = []
            for part in (*PARTS, IN_ORDER):
                cursor.execute(part)
                lines += [CAST.sub("", line) for (line,) in cursor.fetchall()]
            return sorted(lines)
    finally:
        link.close()
