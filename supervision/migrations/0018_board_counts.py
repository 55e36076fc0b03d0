"""Two tables of counts for the board, and the triggers that keep them, in the transaction of what they count."""

import django.db.models.deletion
from django.db import migrations, models

from supervision.migrations._guards import counting

UNCHECKED = {
    "db_constraint": False,
    "db_index": False,
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "+",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_receipts"),
        ("petitions", "0028_personal_exports"),
        ("supervision", "0017_routing_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardRow",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="on_board",
                        serialize=False,
                        to="petitions.petition",
                    ),
                ),
                ("organ", models.ForeignKey(to="accounts.organ", verbose_name="承办单位", **UNCHECKED)),
                ("secret", models.BooleanField(verbose_name="保密")),
                (
                    "accused",
                    models.ForeignKey(
                        null=True, to="accounts.organ", verbose_name="被检举控告的单位", **UNCHECKED
                    ),
                ),
                ("rule_set_id", models.BigIntegerField(null=True, verbose_name="规则集")),
                ("next_term", models.CharField(max_length=10, verbose_name="最近期限")),
                ("next_due_on", models.DateField(null=True, verbose_name="最近届满日")),
                ("withdrawn", models.BooleanField(verbose_name="提醒已撤销")),
                ("places", models.TextField(verbose_name="所及辖区")),
                (
                    "category",
                    models.ForeignKey(null=True, to="petitions.category", verbose_name="内容分类", **UNCHECKED),
                ),
                ("group_visit", models.BooleanField(verbose_name="集体访")),
                ("repeated", models.BooleanField(verbose_name="重复信访")),
                ("untold_on", models.DateField(null=True, verbose_name="应告知未告知的届满日")),
                ("step_at", models.DateTimeField(verbose_name="下一步时间")),
            ],
            options={
                "verbose_name": "督查页的一件",
                "indexes": [models.Index(fields=["step_at", "petition"], name="board_by_step")],
            },
        ),
        migrations.CreateModel(
            name="BoardCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("due", "在办"),
                            ("group", "集体访"),
                            ("repeat", "重复信访"),
                            ("untold", "未按期告知"),
                            ("category", "内容分类"),
                        ],
                        max_length=8,
                        verbose_name="数什么",
                    ),
                ),
                ("organ", models.ForeignKey(null=True, to="accounts.organ", verbose_name="承办单位", **UNCHECKED)),
                ("places", models.TextField(verbose_name="所及辖区")),
                (
                    "accused",
                    models.ForeignKey(
                        null=True, to="accounts.organ", verbose_name="被检举控告的单位", **UNCHECKED
                    ),
                ),
                ("rule_set_id", models.BigIntegerField(null=True, verbose_name="规则集")),
                ("term", models.CharField(max_length=10, verbose_name="期限")),
                ("due_on", models.DateField(null=True, verbose_name="届满日")),
                ("withdrawn", models.BooleanField(verbose_name="提醒已撤销")),
                (
                    "category",
                    models.ForeignKey(null=True, to="petitions.category", verbose_name="内容分类", **UNCHECKED),
                ),
                ("n", models.BigIntegerField(verbose_name="件数")),
            ],
            options={"verbose_name": "督查页的数"},
        ),
        *counting(),
        # 已有的库：在办的件一次数齐
        migrations.RunSQL(
            "SELECT supervision_stand_again(ARRAY(SELECT id FROM petitions_petition WHERE supervision_is_open(state)))",
            migrations.RunSQL.noop,
        ),
    ]
