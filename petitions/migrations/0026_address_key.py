from django.db import migrations

from petitions.parties.address_keys import address_key

BATCH = 2000


def written_alike(apps, schema_editor):
    """The hash of every address once more, by the key that knows 一号 from 1号 no longer."""
    party = apps.get_model("petitions", "Party")
    rows = []
    for row in party.objects.exclude(address_hash="").only("pk", "address").iterator(BATCH):
        row.address_hash = address_key(row.address)
        rows.append(row)
        if len(rows) == BATCH:
            party.objects.bulk_update(rows, ["address_hash"])
            rows.clear()
    party.objects.bulk_update(rows, ["address_hash"])


class Migration(migrations.Migration):
    dependencies = [("petitions", "0025_open_by_due")]

    operations = [migrations.RunPython(written_alike, migrations.RunPython.noop)]
