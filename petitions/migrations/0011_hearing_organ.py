"""Apart from the rows written in 0007: PostgreSQL does not alter a table with events pending."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0010_hearings_and_mediation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hearing',
            name='organ',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ', verbose_name='举行机关'),
        ),
    ]
