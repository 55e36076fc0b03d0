"""All tables of rulebook as they stand after 0003_statutes; an older database goes the old way, step by step."""

import django.db.models.deletion
import rulebook.models
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from rulebook.migrations._guards import SEAL, UNSEAL


class Migration(migrations.Migration):
    replaces = [("rulebook", "0001_initial"), ("rulebook", "0002_calendar_published_by"), ("rulebook", "0003_statutes")]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="Statute",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                    ("short_names", models.JSONField(default=list, verbose_name="简称")),
                    ("articles", models.PositiveSmallIntegerField(verbose_name="条数")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="废止日")),
                    ("replaced_by", models.CharField(blank=True, max_length=100, verbose_name="代之以")),
                    ("earlier_facts", models.BooleanField(default=False, verbose_name="可适用于废止前的事实")),
                    ("certainty", models.CharField(max_length=2, verbose_name="可信度")),
                    ("source", models.CharField(max_length=200, verbose_name="出处")),
                ],
                options={
                    "verbose_name": "法律法规",
                    "verbose_name_plural": "法律法规",
                },
            ),
            migrations.CreateModel(
                name="CalendarVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                    ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                    ("provisional", models.BooleanField(default=False, verbose_name="暂定")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                    ("published_by", models.CharField(blank=True, max_length=60, verbose_name="发布人")),
                ],
                options={
                    "verbose_name": "放假安排",
                    "verbose_name_plural": "放假安排",
                    "constraints": [models.UniqueConstraint(fields=("year", "version"), name="one_calendar_version")],
                },
            ),
            migrations.CreateModel(
                name="ClockShift",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seconds", models.BigIntegerField(default=0, verbose_name="拨快秒数")),
                ],
                options={
                    "verbose_name": "时钟拨动",
                    "verbose_name_plural": "时钟拨动",
                    "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_clock_shift")],
                },
            ),
            migrations.CreateModel(
                name="RuleSet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=40, verbose_name="规则包")),
                    ("city", models.CharField(max_length=60, verbose_name="城市")),
                    (
                        "status",
                        models.CharField(
                            choices=[("draft", "草稿"), ("published", "已发布"), ("frozen", "已被取代")],
                            default="draft",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("effective_from", models.DateField(verbose_name="施行日期")),
                    ("sources", models.JSONField(default=list, verbose_name="依据")),
                    ("content_hash", models.CharField(max_length=64, verbose_name="文件摘要")),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                    ("published_by", models.CharField(blank=True, max_length=60, verbose_name="发布人")),
                ],
                options={
                    "verbose_name": "规则集",
                    "verbose_name_plural": "规则集",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status", "draft"), _negated=True),
                            fields=("city", "effective_from"),
                            name="one_rule_set_a_day",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CalendarDay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("day", models.DateField(verbose_name="日期")),
                    ("is_workday", models.BooleanField(verbose_name="上班")),
                    ("name", models.CharField(blank=True, max_length=40, verbose_name="名称")),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="days",
                            to="rulebook.calendarversion",
                            verbose_name="放假安排",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "休、班日",
                    "verbose_name_plural": "休、班日",
                    "constraints": [models.UniqueConstraint(fields=("version", "day"), name="one_line_a_day")],
                },
            ),
            migrations.CreateModel(
                name="PackSetting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("key", models.CharField(choices=rulebook.models.option_keys, max_length=40, verbose_name="事项")),
                    ("value", models.JSONField(verbose_name="取值")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="settings",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "城市设置",
                    "verbose_name_plural": "城市设置",
                    "constraints": [models.UniqueConstraint(fields=("rule_set", "key"), name="one_row_a_setting")],
                },
            ),
            migrations.CreateModel(
                name="TermRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(choices=rulebook.models.term_codes, max_length=10, verbose_name="期限")),
                    ("length", models.PositiveSmallIntegerField(verbose_name="天数")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="term_rows",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "期限（地方）",
                    "verbose_name_plural": "期限（地方）",
                    "constraints": [models.UniqueConstraint(fields=("rule_set", "code"), name="one_row_a_term")],
                },
            ),
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]
