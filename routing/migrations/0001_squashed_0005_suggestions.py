"""All tables of routing as they stand after 0005_suggestions; an older database goes the old way, step by step."""

import accounts.privacy
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import insight.models
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from petitions.migrations._guards import append_only


class Migration(migrations.Migration):
    replaces = [
        ("routing", "0001_initial"),
        ("routing", "0002_topics_and_prompts"),
        ("routing", "0003_learning"),
        ("routing", "0004_accused_street"),
        ("routing", "0005_suggestions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_reception_hours"),
        ("documents", "0001_squashed_0005_transcripts"),
        ("petitions", "0001_squashed_0031_call_backs"),
        ("rulebook", "0001_squashed_0003_statutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="PromptRule",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=8, unique=True, verbose_name="代码")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("threat", "扬言"), ("urgent", "重大紧急"), ("request", "请求"), ("grounds", "理由")],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    (
                        "words",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20), size=None, verbose_name="词语"
                        ),
                    ),
                    (
                        "exclude",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20), default=list, size=None, verbose_name="排除词"
                        ),
                    ),
                    ("says", models.CharField(blank=True, max_length=60, verbose_name="提示")),
                    ("article", models.CharField(max_length=80, verbose_name="依据")),
                    ("certainty", models.CharField(max_length=4, verbose_name="可信度")),
                ],
                options={
                    "verbose_name": "登记提示词",
                },
            ),
            migrations.CreateModel(
                name="Topic",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=4, unique=True, verbose_name="代码")),
                    (
                        "keywords",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40), default=list, size=None, verbose_name="关键词"
                        ),
                    ),
                    ("city", models.CharField(blank=True, max_length=120, verbose_name="市级")),
                    ("district", models.CharField(blank=True, max_length=120, verbose_name="区级")),
                    ("street", models.CharField(blank=True, max_length=120, verbose_name="街道、乡镇")),
                    ("certainty", models.CharField(max_length=4, verbose_name="可信度")),
                ],
                options={
                    "verbose_name": "重点领域事项",
                },
            ),
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("theme", models.CharField(max_length=60, verbose_name="主题")),
                    ("words", models.TextField(max_length=2000, verbose_name="征集说明")),
                    (
                        "channels",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[("web", "网上"), ("letter", "来信"), ("visit", "当面"), ("call", "电话")],
                                max_length=8,
                            ),
                            size=None,
                            verbose_name="渠道",
                        ),
                    ),
                    ("opens_on", models.DateField(verbose_name="开始日")),
                    ("closes_on", models.DateField(blank=True, null=True, verbose_name="截止日")),
                    ("made_at", models.DateTimeField(verbose_name="发布时间")),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                    ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="结束原因")),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="结束人",
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="发布人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="征集单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "征集活动",
                },
            ),
            migrations.CreateModel(
                name="Contributor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", accounts.privacy.EncryptedTextField(verbose_name="姓名")),
                    ("phone", accounts.privacy.EncryptedTextField(blank=True, verbose_name="电话")),
                    ("field", models.CharField(max_length=60, verbose_name="专长、行业")),
                    ("since", models.DateField(verbose_name="聘期自")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="聘期至")),
                    ("added_at", models.DateTimeField(verbose_name="登记时间")),
                    (
                        "added_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="聘请单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "特邀建议人",
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("invited_at", models.DateTimeField(verbose_name="邀请时间")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="routing.campaign",
                            verbose_name="征集活动",
                        ),
                    ),
                    (
                        "contributor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="routing.contributor",
                            verbose_name="特邀建议人",
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="邀请人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "邀请",
                },
            ),
            migrations.CreateModel(
                name="RoutingRule",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                    ("code", models.CharField(max_length=20, verbose_name="代码")),
                    ("priority", models.PositiveSmallIntegerField(verbose_name="次序")),
                    (
                        "words",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="词语",
                        ),
                    ),
                    (
                        "exclude",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="排除词",
                        ),
                    ),
                    ("category_code", models.CharField(blank=True, max_length=12, verbose_name="内容分类")),
                    ("by_category", models.BooleanField(default=False, verbose_name="仅凭分类即可")),
                    ("territory", models.CharField(blank=True, max_length=20, verbose_name="辖区代码")),
                    ("target", models.CharField(max_length=60, verbose_name="去向")),
                    ("above", models.CharField(blank=True, max_length=60, verbose_name="被反映的是它时的去向")),
                    ("reason", models.CharField(max_length=200, verbose_name="理由")),
                    ("certainty", models.CharField(blank=True, max_length=4, verbose_name="可信度")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="routing_rules",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "分流规则",
                },
            ),
            migrations.CreateModel(
                name="SorterVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.CharField(
                            choices=[
                                ("level1", "一级分类"),
                                ("level2", "二级分类"),
                                ("level3", "三级分类"),
                                ("organ", "去向单位"),
                            ],
                            max_length=8,
                            verbose_name="学什么",
                        ),
                    ),
                    ("number", models.PositiveIntegerField(verbose_name="版次")),
                    ("made_at", models.DateTimeField(verbose_name="训练时间")),
                    ("cases", models.PositiveIntegerField(verbose_name="学过的件数")),
                    ("held_back", models.PositiveIntegerField(verbose_name="留作检验的件数")),
                    ("fingerprint", models.CharField(max_length=32, verbose_name="所用各件的摘要")),
                    ("scores", models.JSONField(verbose_name="在检验件上的成绩")),
                    ("rival_scores", models.JSONField(verbose_name="在用的在同一批检验件上的成绩")),
                    ("stored", models.BinaryField(default=bytes, verbose_name="内容")),
                    (
                        "rival",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="routing.sorterversion",
                            verbose_name="当时在用的版次",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "学到的判断",
                },
            ),
            migrations.CreateModel(
                name="RoutingProposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                    ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="占全部线索的百分比")),
                    ("reasons", models.JSONField(default=list, verbose_name="理由")),
                    ("category_reason", models.CharField(blank=True, max_length=120, verbose_name="分类依据")),
                    ("made_at", models.DateTimeField(verbose_name="建议时间")),
                    ("chosen_at", models.DateTimeField(null=True, verbose_name="确定时间")),
                    ("followed", models.BooleanField(null=True, verbose_name="采纳建议")),
                    ("override_reason", models.CharField(blank=True, max_length=200, verbose_name="另选理由")),
                    (
                        "category",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.category",
                            verbose_name="建议分类",
                        ),
                    ),
                    (
                        "chosen_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="确定人",
                        ),
                    ),
                    (
                        "chosen_organ",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="确定单位",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="建议单位",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="routing_proposals",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="routing.routingrule",
                            verbose_name="规则",
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="routing.sorterversion",
                            verbose_name="凭哪一版学到的判断",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "分流建议",
                },
            ),
            migrations.CreateModel(
                name="Promotion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.CharField(
                            choices=[
                                ("level1", "一级分类"),
                                ("level2", "二级分类"),
                                ("level3", "三级分类"),
                                ("organ", "去向单位"),
                            ],
                            max_length=8,
                            verbose_name="学什么",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="启用时间")),
                    ("reason", models.CharField(max_length=200, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="启用人",
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="promotions",
                            to="routing.sorterversion",
                            verbose_name="启用的版次",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "判断的启用",
                },
            ),
            migrations.CreateModel(
                name="Suggestion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                    (
                        "channel",
                        models.CharField(
                            choices=[("web", "网上"), ("letter", "来信"), ("visit", "当面"), ("call", "电话")],
                            max_length=8,
                            verbose_name="渠道",
                        ),
                    ),
                    ("title", models.CharField(max_length=60, verbose_name="题目")),
                    ("body", models.TextField(verbose_name="建议内容")),
                    ("name", accounts.privacy.EncryptedTextField(blank=True, verbose_name="姓名")),
                    ("phone", accounts.privacy.EncryptedTextField(blank=True, verbose_name="电话")),
                    ("query_code", accounts.privacy.EncryptedTextField(blank=True, verbose_name="查询码")),
                    ("query_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("pin", accounts.privacy.EncryptedTextField(blank=True, verbose_name="查询口令")),
                    ("received_on", models.DateField(verbose_name="收到日")),
                    ("once_key", models.UUIDField(editable=False, null=True, unique=True, verbose_name="防重复提交")),
                    ("tsv", insight.models.LexemeField(editable=False, verbose_name="二字组")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("received", "待研究"),
                                ("studying", "研究中"),
                                ("decided", "待回复"),
                                ("replied", "已回复"),
                                ("merged", "已合并"),
                            ],
                            default="received",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("due_on", models.DateField(null=True, verbose_name="研究期限")),
                    (
                        "result",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("adopted", "采纳"),
                                ("partly", "部分采纳"),
                                ("kept", "留作参考"),
                                ("not_adopted", "不采纳"),
                            ],
                            max_length=12,
                            verbose_name="研究结果",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="理由")),
                    ("arrangement", models.TextField(blank=True, verbose_name="落实安排")),
                    ("decided_on", models.DateField(null=True, verbose_name="研究结果作出日")),
                    ("reply", models.TextField(blank=True, verbose_name="给建议人的回复")),
                    ("replied_on", models.DateField(null=True, verbose_name="回复日")),
                    ("public_title", models.CharField(blank=True, max_length=60, verbose_name="公布的题目")),
                    ("public_words", models.TextField(blank=True, verbose_name="公布的内容")),
                    ("published_on", models.DateField(null=True, verbose_name="公布日")),
                    ("seq", models.PositiveIntegerField(default=0, verbose_name="已有几步")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggestions",
                            to="routing.campaign",
                            verbose_name="征集活动",
                        ),
                    ),
                    (
                        "contributor",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggestions",
                            to="routing.contributor",
                            verbose_name="特邀建议人",
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="routing.suggestion",
                            verbose_name="并入哪一条",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="现在由谁研究",
                        ),
                    ),
                    (
                        "petition",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggestion",
                            to="petitions.petition",
                            verbose_name="由哪件信访件转入",
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "thanks",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="感谢信",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "人民建议",
                },
            ),
            migrations.CreateModel(
                name="Outcome",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("policy", "政策文件"), ("project", "项目、工程"), ("measure", "工作措施")],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="名称")),
                    ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号、立项号")),
                    ("on", models.DateField(verbose_name="印发日、立项日")),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "suggestion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outcomes",
                            to="routing.suggestion",
                            verbose_name="建议",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "建议形成的政策、项目",
                },
            ),
            migrations.CreateModel(
                name="SuggestionStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seq", models.PositiveIntegerField(verbose_name="第几步")),
                    (
                        "step",
                        models.CharField(
                            choices=[
                                ("received", "收到"),
                                ("turned", "由信访件转入"),
                                ("taken_up", "开始研究"),
                                ("passed_up", "报上一级研究"),
                                ("passed_down", "转下一级研究"),
                                ("handed", "转同级单位研究"),
                                ("merged", "并入相同的建议"),
                                ("absorbed", "并入了相同的建议"),
                                ("parted", "拆出合并"),
                                ("decided", "作出研究结果"),
                                ("replied", "回复建议人"),
                                ("became", "形成政策、项目"),
                                ("progressed", "登记进展"),
                                ("thanked", "发出感谢信"),
                                ("published", "公布"),
                                ("withdrawn", "撤下公布"),
                                ("revealed", "查看姓名、电话"),
                            ],
                            max_length=12,
                            verbose_name="做了什么",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("due_on", models.DateField(null=True, verbose_name="定的日子")),
                    ("words", models.TextField(blank=True, verbose_name="说明")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="谁",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="在哪个单位",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="routing.suggestion",
                            verbose_name="另一条建议",
                        ),
                    ),
                    (
                        "suggestion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="routing.suggestion",
                            verbose_name="建议",
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="去向",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "建议办理的一步",
                },
            ),
            migrations.CreateModel(
                name="TopicWay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                    ("situation", models.CharField(max_length=80, verbose_name="情形")),
                    ("matter", models.CharField(max_length=20, verbose_name="争的是什么")),
                    (
                        "paths",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=4), size=None, verbose_name="途径"
                        ),
                    ),
                    ("law", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                    ("certainty", models.CharField(max_length=4, verbose_name="可信度")),
                    (
                        "topic",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="ways",
                            to="routing.topic",
                            verbose_name="事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "重点领域事项的途径",
                },
            ),
            migrations.AddIndex(
                model_name="campaign",
                index=models.Index(fields=["organ", "-id"], name="campaigns_of_organ"),
            ),
            migrations.AddConstraint(
                model_name="invitation",
                constraint=models.UniqueConstraint(fields=("campaign", "contributor"), name="invited_once_per_campaign"),
            ),
            migrations.AddConstraint(
                model_name="routingrule",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("valid_to", None)), fields=("code",), name="one_routing_rule_in_force"
                ),
            ),
            migrations.AddConstraint(
                model_name="sorterversion",
                constraint=models.UniqueConstraint(fields=("subject", "number"), name="one_sorter_per_number"),
            ),
            migrations.AddIndex(
                model_name="routingproposal",
                index=models.Index(
                    condition=models.Q(("chosen_at", None), ("organ", None)), fields=["petition"], name="waiting_for_triage"
                ),
            ),
            migrations.AddConstraint(
                model_name="routingproposal",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("chosen_at", None)),
                    fields=("petition",),
                    name="one_unsettled_proposal_per_petition",
                ),
            ),
            migrations.AddIndex(
                model_name="promotion",
                index=models.Index(fields=["subject", "-id"], name="promotion_in_use"),
            ),
            migrations.AddIndex(
                model_name="suggestion",
                index=django.contrib.postgres.indexes.GinIndex(fields=["tsv"], name="suggestion_bigrams"),
            ),
            migrations.AddIndex(
                model_name="suggestion",
                index=models.Index(fields=["organ", "state", "-id"], name="suggestions_of_organ"),
            ),
            migrations.AddIndex(
                model_name="suggestion",
                index=models.Index(
                    condition=models.Q(("published_on", None), _negated=True),
                    fields=["-published_on", "-id"],
                    name="suggestions_published",
                ),
            ),
            migrations.AddConstraint(
                model_name="suggestion",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("query_hash", ""), _negated=True),
                    fields=("query_hash",),
                    name="one_suggestion_per_code",
                ),
            ),
            migrations.AddConstraint(
                model_name="suggestion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("merged_into__isnull", False), ("state", "merged")),
                        models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                        _connector="OR",
                    ),
                    name="merged_into_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="suggestionstep",
                constraint=models.UniqueConstraint(fields=("suggestion", "seq"), name="one_suggestion_step_per_number"),
            ),
            migrations.AddConstraint(
                model_name="topicway",
                constraint=models.UniqueConstraint(fields=("topic", "position"), name="one_way_per_position"),
            ),
        ),
        append_only("routing_suggestionstep"),
    ]
