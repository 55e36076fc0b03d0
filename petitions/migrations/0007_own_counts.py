from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0006_simple_procedure")]

    operations = [
        migrations.AddField(
            model_name='approvalstep',
            name='own_counts',
            field=models.BooleanField(default=False, verbose_name='报请人自己是这一级的，从下一级起'),
        ),
    ]
