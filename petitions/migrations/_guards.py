"""The database itself refuses to rewrite the log, its texts, its anchors and the record of reveals."""

from django.db import migrations

TABLES = ("petitions_petitionevent", "petitions_eventtext", "petitions_loganchor", "petitions_reveal")

FUNCTION = """
CREATE FUNCTION petitions_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只能追加：不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""

# 换密钥：只有封存的文字变，且换到了另一把密钥之下；明文变没变，由日志行里的散列说
RESEAL = """
CREATE FUNCTION petitions_reseal_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.event_id = OLD.event_id AND NEW.salt = OLD.salt
            AND OLD.body LIKE 'v1.%.%' AND NEW.body LIKE 'v1.%.%'
            AND split_part(NEW.body, '.', 2) <> split_part(OLD.body, '.', 2) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% 只能追加：不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""

NO_RESEAL = "DROP TRIGGER petitions_eventtext_rows ON petitions_eventtext"

RESEALABLE = """
CREATE TRIGGER petitions_eventtext_rows BEFORE UPDATE OR DELETE ON petitions_eventtext
    FOR EACH ROW EXECUTE FUNCTION %s()
"""


def create_triggers(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION petitions_append_only();
    CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION petitions_append_only();
    """


def drop_triggers(table: str) -> str:
    return f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_whole ON {table};"


def append_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(create_triggers(table), drop_triggers(table))
