"""All tables of insight as they stand after 0003_read_again; an older database goes the old way, step by step."""

import accounts.privacy
import django.contrib.postgres.indexes
import django.db.models.deletion
import insight.models
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("insight", "0001_initial"),
        ("insight", "0002_marks_and_saved_searches"),
        ("insight", "0003_read_again"),
    ]

    initial = True

    dependencies = [
        ("petitions", "0001_squashed_0031_call_backs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="BigramCount",
                fields=[
                    ("gram", models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name="二字组")),
                    ("documents", models.PositiveIntegerField(verbose_name="件数")),
                ],
                options={
                    "verbose_name": "二字组频度",
                },
            ),
            migrations.CreateModel(
                name="SearchDocument",
                fields=[
                    (
                        "petition",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="document",
                            serialize=False,
                            to="petitions.petition",
                        ),
                    ),
                    ("tsv", insight.models.LexemeField(verbose_name="二字组")),
                    ("body", models.TextField(verbose_name="来件所说")),
                    ("beside", models.TextField(blank=True, default="", verbose_name="答复、文号、地名")),
                    ("marks", models.TextField(blank=True, default="", verbose_name="年份、范围、读音")),
                    ("indexed_seq", models.PositiveIntegerField(verbose_name="所据日志序号")),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                ],
                options={
                    "verbose_name": "检索文档",
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(fields=["tsv"], name="search_bigrams"),
                        models.Index(
                            condition=models.Q(("indexed_seq", 0)), fields=["petition"], name="search_to_read_again"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedSearch",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", accounts.privacy.EncryptedTextField(verbose_name="名称")),
                    ("query", accounts.privacy.EncryptedTextField(verbose_name="查询条件")),
                    ("digest", models.BooleanField(default=False, verbose_name="每天告知")),
                    ("seen", models.JSONField(default=list, verbose_name="已查到过的件")),
                    ("fresh", models.JSONField(default=list, verbose_name="最近一次新查到的件")),
                    ("looked_at", models.DateTimeField(verbose_name="最近一次查看")),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_searches",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="用户",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "已存查询",
                    "ordering": ["pk"],
                    "indexes": [models.Index(fields=["user"], name="saved_search_user")],
                },
            ),
        ),
    ]
