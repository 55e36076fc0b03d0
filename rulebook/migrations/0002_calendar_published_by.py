from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="calendarversion",
            name="published_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="发布人"),
        ),
    ]
