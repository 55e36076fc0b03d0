"""The database itself refuses to rewrite the log, its texts, its anchors and the record of reveals."""

from django.db import migrations

from petitions.migrations._guards import FUNCTION, TABLES, append_only


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION petitions_append_only()"),
        *(append_only(table) for table in TABLES),
    ]
