"""All tables of documents as they stand after 0005_transcripts; an older database goes the old way, step by step."""

import accounts.privacy
import django.db.models.deletion
import documents.letters.fields.kinds
import documents.models
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from documents.migrations._guards import FREEZE, KEEP, THAW, UNKEEP


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_frozen_letters"),
        ("documents", "0003_editable_copy"),
        ("documents", "0004_sealed_copies"),
        ("documents", "0005_transcripts"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_reception_hours"),
        ("rulebook", "0001_squashed_0003_statutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Attachment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "file",
                        models.FileField(max_length=200, upload_to=documents.models.attachment_path, verbose_name="文件"),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="文件名")),
                    ("media_type", models.CharField(max_length=80, verbose_name="类型")),
                    ("size", models.PositiveIntegerField(verbose_name="字节")),
                    ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="散列")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("letter", "来信原件"),
                                ("evidence", "证据材料"),
                                ("identity", "身份证明"),
                                ("authority", "授权委托书"),
                                ("recording", "录音"),
                                ("service", "送达凭证"),
                                ("inquiry", "调查材料"),
                                ("other", "其他"),
                            ],
                            default="other",
                            max_length=10,
                            verbose_name="类别",
                        ),
                    ),
                    ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                    ("original_returned", models.BooleanField(default=False, verbose_name="原件已退还")),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                    ("at", models.DateTimeField(verbose_name="收存时间")),
                    (
                        "uploaded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "附件",
                },
            ),
            migrations.CreateModel(
                name="LetterTemplate",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=documents.letters.fields.kinds.kind_choices, max_length=4, verbose_name="文书"
                        ),
                    ),
                    ("title", models.CharField(max_length=60, verbose_name="标题")),
                    (
                        "layout",
                        models.CharField(
                            choices=[("xh", "信函格式"), ("gw", "公文格式"), ("form", "表格格式")],
                            max_length=4,
                            verbose_name="版式",
                        ),
                    ),
                    ("series", models.CharField(blank=True, max_length=4, verbose_name="类别字")),
                    ("number_format", models.CharField(max_length=80, verbose_name="文号格式")),
                    ("basis", models.CharField(max_length=200, verbose_name="依据")),
                    (
                        "mark",
                        models.CharField(
                            choices=[
                                ("源", "有公开来源"),
                                ("知", "依知识，待业主确认"),
                                ("设", "设计取舍"),
                                ("参照", "类比其他法律"),
                                ("疑", "待核"),
                            ],
                            max_length=2,
                            verbose_name="可信度",
                        ),
                    ),
                    ("body", models.TextField(verbose_name="源文")),
                    ("version", models.PositiveIntegerField(verbose_name="版本")),
                    ("valid_from", models.DateField(verbose_name="起用日")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letter_templates",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "文书样式",
                },
            ),
            migrations.CreateModel(
                name="Letter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=documents.letters.fields.kinds.kind_choices, max_length=4, verbose_name="文书"
                        ),
                    ),
                    ("about", models.CharField(db_index=True, max_length=40, verbose_name="信访事项编号")),
                    ("addressee", models.CharField(max_length=120, verbose_name="受文对象")),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                    (
                        "status",
                        models.CharField(
                            choices=[("draft", "草稿"), ("issued", "已发出"), ("void", "已作废")],
                            default="draft",
                            max_length=6,
                            verbose_name="状态",
                        ),
                    ),
                    ("number", models.CharField(blank=True, max_length=60, null=True, unique=True, verbose_name="文号")),
                    ("series", models.CharField(blank=True, max_length=4, verbose_name="类别字")),
                    ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年")),
                    ("serial", models.PositiveIntegerField(null=True, verbose_name="序号")),
                    ("fields", models.JSONField(default=dict, verbose_name="字段")),
                    ("sealed", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="加密字段")),
                    ("text", models.JSONField(default=dict, verbose_name="文字")),
                    ("text_hash", models.CharField(blank=True, max_length=64, verbose_name="文字散列")),
                    (
                        "pdf",
                        models.FileField(
                            blank=True, max_length=200, upload_to=documents.models.letter_path, verbose_name="PDF"
                        ),
                    ),
                    ("pdf_hash", models.CharField(blank=True, max_length=64, verbose_name="PDF 散列")),
                    ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                    ("issued_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                    ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                    ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="作废理由")),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "issued_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="accounts.organ",
                            verbose_name="落款单位",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "template",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="documents.lettertemplate",
                            verbose_name="样式",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "文书",
                },
            ),
            migrations.CreateModel(
                name="SealedCopy",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("pdf_hash", models.CharField(max_length=64, verbose_name="正式文本散列")),
                    ("number", models.CharField(max_length=60, verbose_name="纸上的文号")),
                    ("at", models.DateTimeField(verbose_name="收存时间")),
                    (
                        "attachment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.attachment",
                            verbose_name="扫描件",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="收存人",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sealed_copies",
                            to="documents.letter",
                            verbose_name="文书",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "盖章件",
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Transcript",
                fields=[
                    (
                        "attachment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="transcript",
                            serialize=False,
                            to="documents.attachment",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("read", "机器识读，未核对"), ("checked", "已由人核对"), ("failed", "没有读出")],
                            default="checked",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("machine_text", models.TextField(blank=True, verbose_name="机器读出的文字")),
                    ("text", models.TextField(blank=True, verbose_name="核对后的文字")),
                    ("problem", models.CharField(blank=True, max_length=200, verbose_name="没有读出的原因")),
                    ("read_at", models.DateTimeField(null=True, verbose_name="识读时间")),
                    ("checked_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                    ("edition", models.PositiveIntegerField(default=0, verbose_name="第几稿")),
                    ("indexed", models.BooleanField(default=False, verbose_name="已进检索")),
                    (
                        "checked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "识读文本",
                },
            ),
            migrations.CreateModel(
                name="LetterCounter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("series", models.CharField(max_length=4, verbose_name="类别字")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                    ("n", models.PositiveIntegerField(verbose_name="已用到")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="机关",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "文号序号",
                    "constraints": [
                        models.UniqueConstraint(fields=("organ", "series", "year"), name="one_counter_per_series")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LetterPrint",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("original", "原件"), ("reprint", "补打"), ("editable", "可编辑副本")],
                            max_length=8,
                            verbose_name="类别",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="补打理由")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="打印人",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="prints",
                            to="documents.letter",
                            verbose_name="文书",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "打印记录",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "original")), fields=("letter",), name="one_original_per_letter"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind__in", ["original", "editable"]),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="reprint_has_a_reason",
                        ),
                    ],
                },
            ),
            migrations.AddConstraint(
                model_name="lettertemplate",
                constraint=models.UniqueConstraint(
                    fields=("kind", "valid_from", "version"), name="one_template_per_version"
                ),
            ),
            migrations.AddConstraint(
                model_name="letter",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("serial__isnull", False)),
                    fields=("organ", "series", "year", "serial"),
                    name="one_letter_per_serial",
                ),
            ),
            migrations.AddIndex(
                model_name="transcript",
                index=models.Index(
                    condition=models.Q(("indexed", False)), fields=["attachment"], name="transcripts_to_index"
                ),
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
