"""日志说明加密存放。散列算的是明文，日志链不动；以后只有换密钥改写它，别的改动数据库照旧拒绝。"""

from django.db import migrations

from accounts.privacy import EncryptedTextField, decrypt, encrypt

from petitions.migrations._guards import NO_RESEAL, RESEAL, RESEALABLE

BATCH = 2000


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
        migrations.RunSQL(NO_RESEAL, RESEALABLE % "petitions_append_only"),
        migrations.RunPython(seal, unseal),
        migrations.RunSQL(RESEAL, "DROP FUNCTION petitions_reseal_only()"),
        migrations.RunSQL(RESEALABLE % "petitions_reseal_only", NO_RESEAL),
    ]
