from django.db import migrations, models


def move_reports(apps, schema_editor):
    """办结报告此前记在“答复”栏：没有异议的交办，那里就是报告。"""
    Leg = apps.get_model("petitions", "Leg")
    reported = Leg.objects.filter(kind="assign", upheld=None).exclude(answered_at=None)
    reported.update(
        report=models.F("answer"), reported_at=models.F("answered_at"), answer="", answered_at=None
    )


def move_back(apps, schema_editor):
    Leg = apps.get_model("petitions", "Leg")
    Leg.objects.exclude(reported_at=None).update(answer=models.F("report"), answered_at=models.F("reported_at"))


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="leg",
            name="reported_at",
            field=models.DateTimeField(null=True, verbose_name="反馈办结报告时间"),
        ),
        migrations.AddField(
            model_name="leg",
            name="report",
            field=models.TextField(blank=True, default="", verbose_name="办结报告"),
            preserve_default=False,
        ),
        migrations.RunPython(move_reports, move_back),
    ]
