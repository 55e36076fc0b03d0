"""The database itself refuses to rewrite the record of what was done to accounts."""

from django.db import migrations

from accounts.migrations._guards import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
