"""取走可编辑副本也记在打印记录里；它和原件一样不要理由。"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_frozen_letters")]

    operations = [
        migrations.AlterField(
            model_name="letterprint",
            name="kind",
            field=models.CharField(
                choices=[("original", "原件"), ("reprint", "补打"), ("editable", "可编辑副本")],
                max_length=8,
                verbose_name="类别",
            ),
        ),
        migrations.RemoveConstraint(model_name="letterprint", name="reprint_has_a_reason"),
        migrations.AddConstraint(
            model_name="letterprint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["original", "editable"]), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="reprint_has_a_reason",
            ),
        ),
    ]
