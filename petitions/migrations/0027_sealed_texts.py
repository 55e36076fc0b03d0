"""日志说明加密存放。散列算的是明文，日志链不动；以后只有换密钥改写它，别的改动数据库照旧拒绝。"""

from django.db import migrations

from accounts.privacy import EncryptedTextField, decrypt, encrypt

BATCH = 2000

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
DROP = "DROP TRIGGER petitions_eventtext_rows ON petitions_eventtext"
CREATE = """
CREATE TRIGGER petitions_eventtext_rows BEFORE UPDATE OR DELETE ON petitions_eventtext
    FOR EACH ROW EXECUTE FUNCTION %s()
"""


def rewrite(schema_editor, change) -> None:
    """Every stored text by `change`, in order of its key."""
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT event_id, body FROM petitions_eventtext WHERE event_id > %s ORDER BY event_id LIMIT %s",
                [last, BATCH],
            )
            page = cursor.fetchall()
            if not page:
                return
            cursor.executemany(
                "UPDATE petitions_eventtext SET body = %s WHERE event_id = %s", [(change(body), pk) for pk, body in page]
            )
            last = page[-1][0]


def seal(apps, schema_editor):
    rewrite(schema_editor, encrypt)


def unseal(apps, schema_editor):
    rewrite(schema_editor, decrypt)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0026_address_key")]

    operations = [
        migrations.AlterField("eventtext", "body", EncryptedTextField(verbose_name="说明")),
        migrations.RunSQL(DROP, CREATE % "petitions_append_only"),
        migrations.RunPython(seal, unseal),
        migrations.RunSQL(RESEAL, "DROP FUNCTION petitions_reseal_only()"),
        migrations.RunSQL(CREATE % "petitions_reseal_only", DROP),
    ]
