"""All tables of petitions as they stand after 0031_call_backs; an older database goes the old way, step by step."""

import accounts.privacy
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import rulebook.acts
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from petitions.migrations._guards import FUNCTION, NO_RESEAL, RESEAL, RESEALABLE, TABLES, append_only


class Migration(migrations.Migration):
    replaces = [
        ("petitions", "0001_initial"),
        ("petitions", "0002_append_only"),
        ("petitions", "0003_leg_report"),
        ("petitions", "0004_reviews"),
        ("petitions", "0005_overrides"),
        ("petitions", "0006_simple_procedure"),
        ("petitions", "0007_own_counts"),
        ("petitions", "0008_editing"),
        ("petitions", "0009_disputes"),
        ("petitions", "0010_hearings_and_mediation"),
        ("petitions", "0011_hearing_organ"),
        ("petitions", "0012_service_attempts"),
        ("petitions", "0013_executions_and_endings"),
        ("petitions", "0014_ratings"),
        ("petitions", "0015_people"),
        ("petitions", "0016_post_batches"),
        ("petitions", "0017_visits"),
        ("petitions", "0018_lists_and_late_entries"),
        ("petitions", "0019_in_procedure"),
        ("petitions", "0020_override_of_review"),
        ("petitions", "0021_taken_up"),
        ("petitions", "0022_same_person"),
        ("petitions", "0023_open_involvements"),
        ("petitions", "0024_open_involvement"),
        ("petitions", "0025_open_by_due"),
        ("petitions", "0026_address_key"),
        ("petitions", "0027_sealed_texts"),
        ("petitions", "0028_personal_exports"),
        ("petitions", "0029_party_requests"),
        ("petitions", "0030_receptions"),
        ("petitions", "0031_call_backs"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_reception_hours"),
        ("documents", "0001_squashed_0005_transcripts"),
        ("rulebook", "0001_squashed_0003_statutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Category",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=12, unique=True, verbose_name="代码")),
                    ("level1", models.CharField(max_length=40, verbose_name="一级")),
                    ("level2", models.CharField(blank=True, max_length=40, verbose_name="二级")),
                    ("level3", models.CharField(blank=True, max_length=40, verbose_name="三级")),
                    ("keywords", models.TextField(blank=True, verbose_name="关键词")),
                    ("valid_from", models.DateField(default=datetime.date(2022, 5, 1), verbose_name="起用日")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                ],
                options={
                    "verbose_name": "内容分类",
                },
            ),
            migrations.CreateModel(
                name="PetitionEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seq", models.PositiveIntegerField(verbose_name="序号")),
                    ("version", models.PositiveSmallIntegerField(default=1, verbose_name="格式版本")),
                    ("act", models.CharField(choices=rulebook.acts.Act.choices, max_length=30, verbose_name="行为")),
                    (
                        "actor_kind",
                        models.CharField(
                            choices=[
                                ("user", "工作人员"),
                                ("petitioner", "信访人"),
                                ("system", "系统"),
                                ("client", "外部系统"),
                            ],
                            max_length=10,
                            verbose_name="行为人类别",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="发生时间")),
                    ("recorded_at", models.DateTimeField(verbose_name="录入时间")),
                    ("scope", models.JSONField(default=dict, verbose_name="所及对象")),
                    ("came_from", models.CharField(blank=True, max_length=20, verbose_name="原状态")),
                    ("went_to", models.CharField(max_length=20, verbose_name="新状态")),
                    ("waiting_for", models.CharField(blank=True, max_length=40, verbose_name="等待")),
                    ("details", models.JSONField(default=dict, verbose_name="明细")),
                    ("backfilled", models.BooleanField(default=False, verbose_name="补录")),
                    ("text_hash", models.CharField(blank=True, max_length=64, verbose_name="说明散列")),
                    ("payload_hash", models.CharField(max_length=64, verbose_name="内容散列")),
                    ("prev_hash", models.CharField(max_length=64, verbose_name="前一行")),
                    ("hash", models.CharField(max_length=64, verbose_name="本行")),
                    (
                        "by",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "by_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "by_post",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.post",
                        ),
                    ),
                    (
                        "holder_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "holder_post",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.post",
                        ),
                    ),
                    (
                        "holder_user",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "on_behalf_of",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "办理日志",
                },
            ),
            migrations.CreateModel(
                name="LogAnchor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("day", models.DateField(unique=True, verbose_name="日期")),
                    ("petitions", models.PositiveIntegerField(verbose_name="件数")),
                    ("lines", models.PositiveBigIntegerField(verbose_name="行数")),
                    ("last_event_id", models.PositiveBigIntegerField(verbose_name="末行键")),
                    ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                    ("prev_digest", models.CharField(blank=True, max_length=64, verbose_name="前一锚")),
                    ("made_at", models.DateTimeField(verbose_name="锚定时间")),
                ],
                options={
                    "verbose_name": "日志锚",
                },
            ),
            migrations.CreateModel(
                name="Petition",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=44, unique=True, verbose_name="编号")),
                    ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="事项序")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("appeal", "申诉求决"),
                                ("suggestion", "建议意见"),
                                ("report", "检举控告"),
                                ("inquiry", "咨询"),
                            ],
                            max_length=12,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "path",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("31-1", "诉讼、复议等法定程序（第三十一条第一项）"),
                                ("31-2", "仲裁（第三十一条第二项）"),
                                ("31-3", "党员申诉、申请复审等（第三十一条第三项）"),
                                ("31-4", "行政复议、裁决、许可等行政程序（第三十一条第四项）"),
                                ("31-5", "申请查处违法、履行法定职责（第三十一条第五项）"),
                                ("31-6", "信访程序（第三十一条第六项）"),
                                ("29", "建议意见（第二十九条）"),
                                ("30", "检举控告（第三十条）"),
                            ],
                            max_length=6,
                            verbose_name="法定途径",
                        ),
                    ),
                    ("path_record", models.JSONField(blank=True, default=list, verbose_name="途径判定记录")),
                    (
                        "procedure",
                        models.CharField(
                            choices=[("normal", "普通程序"), ("suggested", "建议简易办理"), ("simple", "简易程序")],
                            default="normal",
                            max_length=10,
                            verbose_name="办理程序",
                        ),
                    ),
                    ("title", models.CharField(max_length=120, verbose_name="概况")),
                    ("excerpt", models.TextField(blank=True, verbose_name="摘录")),
                    ("shows_original", models.BooleanField(default=True, verbose_name="可见原话")),
                    ("place", models.CharField(blank=True, max_length=120, verbose_name="发生地")),
                    ("territory", models.CharField(blank=True, db_index=True, max_length=20, verbose_name="问题属地代码")),
                    ("about_text", models.CharField(blank=True, max_length=80, verbose_name="涉及单位（原文）")),
                    (
                        "accused_text",
                        accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="被检举控告人"),
                    ),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                    ("key_case", models.BooleanField(default=False, verbose_name="重点件")),
                    ("under_order", models.BooleanField(default=False, verbose_name="督办中")),
                    ("proposed", models.BooleanField(default=False, verbose_name="有名规则建议去向")),
                    ("received_on", models.DateField(verbose_name="收到日")),
                    ("registered_at", models.DateTimeField(null=True, verbose_name="登记时间")),
                    ("registered_on", models.DateField(db_index=True, null=True, verbose_name="登记日")),
                    ("transferred_at", models.DateTimeField(null=True, verbose_name="转出时间")),
                    ("arrived_at", models.DateTimeField(null=True, verbose_name="到达时间")),
                    ("accepted_at", models.DateTimeField(null=True, verbose_name="受理时间")),
                    ("issued_at", models.DateTimeField(null=True, verbose_name="出具时间")),
                    ("served_on", models.DateField(null=True, verbose_name="送达日")),
                    ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                    ("seq", models.PositiveIntegerField(default=0, editable=False, verbose_name="已记行数")),
                    (
                        "last_hash",
                        models.CharField(
                            default="0000000000000000000000000000000000000000000000000000000000000000",
                            editable=False,
                            max_length=64,
                            verbose_name="末行",
                        ),
                    ),
                    ("next_due_on", models.DateField(editable=False, null=True, verbose_name="最近届满日")),
                    ("next_term", models.CharField(blank=True, editable=False, max_length=10, verbose_name="最近期限")),
                    ("waiting_for", models.CharField(blank=True, editable=False, max_length=40, verbose_name="等待")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[
                                ("registered", "已登记"),
                                ("forwarded", "已转送"),
                                ("assigned", "已交办"),
                                ("objected", "异议审核中"),
                                ("disputed", "待指定管辖"),
                                ("accepted", "办理中"),
                                ("studying", "建议研究中"),
                                ("reported", "检举控告专办"),
                                ("in_procedure", "依法定程序办理中"),
                                ("submitted", "待督查核查"),
                                ("issued", "已出具待送达"),
                                ("closed", "已办结"),
                                ("led_in", "已导入法定途径"),
                                ("redirected", "已告知"),
                                ("declined", "不予受理"),
                                ("not_again", "不再受理"),
                                ("filed", "存"),
                                ("merged", "已并案"),
                                ("settled", "终结"),
                                ("terminated", "终止"),
                                ("archived", "归档"),
                            ],
                            default="registered",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "about_organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="涉及单位",
                        ),
                    ),
                    (
                        "accused_organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="被检举控告单位",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to="petitions.category",
                            verbose_name="内容分类",
                        ),
                    ),
                    (
                        "first_handler",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="首办单位",
                        ),
                    ),
                    (
                        "first_receiver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="首接单位",
                        ),
                    ),
                    (
                        "handler",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="承办人",
                        ),
                    ),
                    (
                        "holder_organ",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "holder_post",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.post",
                        ),
                    ),
                    (
                        "holder_user",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "信访事项",
                },
            ),
            migrations.CreateModel(
                name="ApprovalStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("act", models.CharField(choices=rulebook.acts.Act.choices, max_length=30, verbose_name="行为")),
                    ("organ_level", models.CharField(max_length=10, verbose_name="机构层级")),
                    ("step", models.PositiveSmallIntegerField(verbose_name="级次")),
                    (
                        "roles",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), size=None, verbose_name="角色"
                        ),
                    ),
                    ("anywhere", models.BooleanField(default=False, verbose_name="不限本单位")),
                    ("own_counts", models.BooleanField(default=False, verbose_name="报请人自己是这一级的，从下一级起")),
                    ("label", models.CharField(max_length=60, verbose_name="名称")),
                    ("article", models.CharField(max_length=80, verbose_name="依据")),
                ],
                options={
                    "verbose_name": "审批级次",
                    "ordering": ["act", "organ_level", "step"],
                    "constraints": [
                        models.UniqueConstraint(fields=("act", "organ_level", "step"), name="one_step_per_level")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallBack",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("opened_at", models.DateTimeField(verbose_name="开启时间")),
                    ("due_on", models.DateField(verbose_name="届满日")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "待回访"), ("done", "已回访"), ("dropped", "评价已改，不再回访")],
                            default="open",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("solved", "问题已解决"),
                                ("partly", "部分解决"),
                                ("unsolved", "未解决"),
                                ("declined", "不愿回访"),
                                ("unreached", "联系不上"),
                            ],
                            max_length=10,
                            verbose_name="结果",
                        ),
                    ),
                    (
                        "finding",
                        models.CharField(
                            blank=True,
                            choices=[("confirmed", "不满意的情况属实"), ("unfounded", "不满意的情况不属实")],
                            max_length=10,
                            verbose_name="属不属实",
                        ),
                    ),
                    ("words", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="怎样核实的")),
                    ("concluded_at", models.DateTimeField(null=True, verbose_name="记下结果的时间")),
                    (
                        "concluded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="回访人",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="回访单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回访",
                },
            ),
            migrations.CreateModel(
                name="CallTry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("no_answer", "无人接听"),
                                ("engaged", "占线、关机"),
                                ("wrong", "号码不对"),
                                ("appointed", "约定时间再打"),
                                ("reached", "接通"),
                            ],
                            max_length=10,
                            verbose_name="怎样",
                        ),
                    ),
                    ("again_on", models.DateField(null=True, verbose_name="约定再打的日子")),
                    ("words", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="说明")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="谁打的",
                        ),
                    ),
                    (
                        "call_back",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tries",
                            to="petitions.callback",
                            verbose_name="回访",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "回访的一次联系",
                },
            ),
            migrations.CreateModel(
                name="EventText",
                fields=[
                    (
                        "event",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="text",
                            serialize=False,
                            to="petitions.petitionevent",
                        ),
                    ),
                    ("salt", models.CharField(max_length=32)),
                    ("body", accounts.privacy.EncryptedTextField(verbose_name="说明")),
                ],
                options={
                    "verbose_name": "日志说明",
                },
            ),
            migrations.CreateModel(
                name="Matter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=120, verbose_name="名称")),
                    ("created_at", models.DateTimeField(verbose_name="建立时间")),
                    (
                        "created_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "verbose_name": "事项组",
                },
            ),
            migrations.CreateModel(
                name="NumberCounter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("prefix", models.CharField(max_length=40)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("n", models.PositiveIntegerField(default=0)),
                ],
                options={
                    "verbose_name": "编号计数",
                    "constraints": [models.UniqueConstraint(fields=("prefix", "year"), name="one_counter_per_prefix_year")],
                },
            ),
            migrations.CreateModel(
                name="Person",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("natural", "自然人"), ("organisation", "法人或其他组织")],
                            default="natural",
                            max_length=12,
                            verbose_name="类型",
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="姓名（名称）")),
                    ("id_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                    ("phone_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                    (
                        "joined_into",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joined",
                            to="petitions.person",
                            verbose_name="已认定为同一人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "信访人",
                },
            ),
            migrations.CreateModel(
                name="Party",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("lead", "信访人"),
                                ("representative", "代表"),
                                ("agent", "代理人"),
                                ("guardian", "监护人"),
                                ("joint", "联名人"),
                            ],
                            default="lead",
                            max_length=15,
                            verbose_name="身份",
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序")),
                    ("name", models.CharField(max_length=120, verbose_name="姓名（名称）")),
                    ("sex", models.CharField(blank=True, max_length=2, verbose_name="性别")),
                    ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="出生年")),
                    (
                        "id_status",
                        models.CharField(
                            choices=[
                                ("verified", "已核验"),
                                ("stated", "自述未核验"),
                                ("none", "无证件"),
                                ("mismatch", "证件不符"),
                            ],
                            default="stated",
                            max_length=10,
                            verbose_name="证件核验",
                        ),
                    ),
                    ("id_type", models.CharField(default="111", max_length=10, verbose_name="证件类型")),
                    ("id_number", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="证件号")),
                    ("id_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("phone", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="手机")),
                    ("phone_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("address", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="住址")),
                    ("address_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    (
                        "delivery_address",
                        accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="送达地址"),
                    ),
                    ("e_delivery", models.BooleanField(default=False, verbose_name="同意电子送达")),
                    ("name_withheld", models.BooleanField(default=False, verbose_name="申请姓名保密")),
                    ("interest", models.CharField(blank=True, max_length=60, verbose_name="与事项关系")),
                    (
                        "assumed",
                        models.CharField(
                            blank=True,
                            choices=[("alias", "化名"), ("borrowed", "冒用他人姓名")],
                            max_length=10,
                            verbose_name="化名、冒名",
                        ),
                    ),
                    (
                        "origin",
                        models.CharField(
                            choices=[
                                ("CHN", "中国内地"),
                                ("HKG", "中国香港"),
                                ("MAC", "中国澳门"),
                                ("TWN", "中国台湾"),
                                ("foreign", "外国"),
                                ("stateless", "无国籍"),
                            ],
                            default="CHN",
                            max_length=10,
                            verbose_name="国籍或地区",
                        ),
                    ),
                    ("nationality", models.CharField(blank=True, max_length=40, verbose_name="国籍（国名）")),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("present", "在册"),
                                ("withdrawn", "已撤回"),
                                ("deceased", "已死亡"),
                                ("released", "已解除"),
                            ],
                            default="present",
                            max_length=10,
                            verbose_name="在册情况",
                        ),
                    ),
                    ("left_on", models.DateField(blank=True, null=True, verbose_name="退出日")),
                    ("authority", models.CharField(blank=True, max_length=80, verbose_name="授权、监护文书")),
                    ("special_powers", models.BooleanField(default=False, verbose_name="特别授权")),
                    ("authority_until", models.DateField(blank=True, null=True, verbose_name="授权至")),
                    ("query_code", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="查询码")),
                    ("query_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("pin", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="查询口令")),
                    (
                        "acts_for",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agents",
                            to="petitions.party",
                            verbose_name="代理、监护谁",
                        ),
                    ),
                    (
                        "succeeds",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="successors",
                            to="petitions.party",
                            verbose_name="承继谁",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="parties",
                            to="petitions.person",
                            verbose_name="人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "当事人",
                },
            ),
            migrations.CreateModel(
                name="PersonalExport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("view", models.CharField(max_length=80, verbose_name="清单")),
                    ("parts", models.JSONField(verbose_name="项目")),
                    ("petitions", models.JSONField(verbose_name="信访件")),
                    ("rows", models.PositiveIntegerField(verbose_name="件数")),
                    ("reason", accounts.privacy.EncryptedTextField(verbose_name="理由")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "待批准"),
                                ("allowed", "已批准"),
                                ("refused", "不批准"),
                                ("withdrawn", "已撤回"),
                                ("taken", "已取走"),
                            ],
                            default="waiting",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="报请时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="批准、不批准时间")),
                    ("words", accounts.privacy.EncryptedTextField(blank=True, verbose_name="意见")),
                    ("take_by", models.DateTimeField(null=True, verbose_name="取件截止")),
                    ("taken_at", models.DateTimeField(null=True, verbose_name="取走时间")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报请人",
                        ),
                    ),
                    (
                        "decided_by",
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
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "个人信息导出",
                },
            ),
            migrations.CreateModel(
                name="PersonRuling",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("join", "合为一人"), ("part", "分为两人")], max_length=4, verbose_name="认定"
                        ),
                    ),
                    ("parties", models.JSONField(default=list, verbose_name="随之改动的当事人")),
                    ("reason", accounts.privacy.EncryptedTextField(verbose_name="依据")),
                    ("at", models.DateTimeField(verbose_name="认定时间")),
                    ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                    ("undone_reason", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="撤销理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="认定人",
                        ),
                    ),
                    (
                        "kept",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rulings",
                            to="petitions.person",
                            verbose_name="留用的记录",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="认定单位",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.person",
                            verbose_name="并入（分出）的记录",
                        ),
                    ),
                    (
                        "undone_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="撤销人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "同一人认定",
                },
            ),
            migrations.AddField(
                model_name="petitionevent",
                name="petition",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="events",
                    to="petitions.petition",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="matter",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="petitions",
                    to="petitions.matter",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="merged_into",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="merged",
                    to="petitions.petition",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="organ",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="petitions",
                    to="accounts.organ",
                    verbose_name="承办机关",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="repeat_of",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="repeats",
                    to="petitions.petition",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="rule_set",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="rulebook.ruleset",
                    verbose_name="适用规则",
                ),
            ),
            migrations.AddField(
                model_name="petition",
                name="section",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.organ",
                    verbose_name="承办科室",
                ),
            ),
            migrations.CreateModel(
                name="PendingAct",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("act", models.CharField(choices=rulebook.acts.Act.choices, max_length=30, verbose_name="行为")),
                    ("arguments", models.JSONField(default=dict, verbose_name="内容")),
                    ("note", models.TextField(blank=True, verbose_name="说明")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "待审批"),
                                ("done", "已批准并办成"),
                                ("rejected", "不批准"),
                                ("withdrawn", "已撤回"),
                            ],
                            default="waiting",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="报请时间")),
                    ("step", models.PositiveSmallIntegerField(default=1, verbose_name="当前级次")),
                    ("step_label", models.CharField(blank=True, max_length=60, verbose_name="等待")),
                    (
                        "step_roles",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30), default=list, size=None
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报请人",
                        ),
                    ),
                    (
                        "step_organ",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pending_acts",
                            to="petitions.petition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "报请审批",
                },
            ),
            migrations.CreateModel(
                name="PartyRequest",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("supplement", "补充材料"), ("withdrawal", "申请撤回"), ("recusal", "申请回避")],
                            max_length=10,
                            verbose_name="种类",
                        ),
                    ),
                    ("once", models.CharField(max_length=40, unique=True, verbose_name="一次的记号")),
                    ("words", accounts.privacy.EncryptedTextField(verbose_name="所说的")),
                    ("scope", models.CharField(blank=True, max_length=4, verbose_name="为谁")),
                    ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("waiting", "待回应"), ("answered", "已回应")],
                            default="waiting",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("granted", "同意"), ("refused", "不同意"), ("noted", "已收到")],
                            max_length=8,
                            verbose_name="结果",
                        ),
                    ),
                    ("answer", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="回应")),
                    ("answered_at", models.DateTimeField(null=True, verbose_name="回应时间")),
                    (
                        "about",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="申请谁回避",
                        ),
                    ),
                    (
                        "answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="requests",
                            to="petitions.party",
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "信访人请求",
                },
            ),
            migrations.CreateModel(
                name="Opinion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.PositiveSmallIntegerField(verbose_name="稿次")),
                    ("facts", models.TextField(verbose_name="事实和理由")),
                    ("basis", models.TextField(verbose_name="法律法规依据")),
                    ("findings", models.JSONField(default=list, verbose_name="逐项结论")),
                    ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                    ("check_note", models.TextField(blank=True, verbose_name="核查意见")),
                    ("passed", models.BooleanField(null=True, verbose_name="核查通过")),
                    ("four_ends", models.JSONField(default=dict, verbose_name="四个到位")),
                    ("difference", models.TextField(blank=True, verbose_name="与被撤销意见的差异")),
                    (
                        "checked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="出具单位",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "处理意见稿",
                },
            ),
            migrations.CreateModel(
                name="Mediation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("open", "调解中"), ("agreed", "达成协议"), ("failed", "未达成协议")],
                            default="open",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "mode",
                        models.CharField(
                            choices=[("mediated", "调解"), ("reconciled", "和解")], max_length=12, verbose_name="方式"
                        ),
                    ),
                    ("by_committee", models.BooleanField(default=False, verbose_name="人民调解委员会主持")),
                    ("mediator", models.CharField(blank=True, max_length=120, verbose_name="调解组织、调解员")),
                    ("disputants", accounts.privacy.EncryptedTextField(verbose_name="各方当事人")),
                    ("dispute", models.TextField(verbose_name="纠纷事实和争议")),
                    (
                        "interests",
                        accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="申报的利害关系"),
                    ),
                    ("opened_on", models.DateField(verbose_name="开始日")),
                    ("agreement", models.TextField(blank=True, verbose_name="协议内容")),
                    ("performance", models.TextField(blank=True, verbose_name="履行")),
                    ("agreed_on", models.DateField(null=True, verbose_name="协议生效日")),
                    ("court", models.CharField(blank=True, max_length=80, verbose_name="司法确认的法院")),
                    ("confirmation_on", models.DateField(null=True, verbose_name="申请司法确认日")),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="协议书",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="mediations", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "调解",
                },
            ),
            migrations.CreateModel(
                name="Leg",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("forward", "转送"),
                                ("assign", "交办"),
                                ("assist", "协办"),
                                ("designate", "指定管辖"),
                                ("take_over", "指定承接"),
                            ],
                            max_length=10,
                            verbose_name="方式",
                        ),
                    ),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("sent", "已发出"), ("arrived", "已到达"), ("signed", "已签收"), ("ended", "已了结")],
                            default="sent",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="发出时间")),
                    ("arrived_at", models.DateTimeField(null=True, verbose_name="到达时间")),
                    ("signed_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="指定期限")),
                    ("report_required", models.BooleanField(default=False, verbose_name="须报办结报告")),
                    ("objected_at", models.DateTimeField(null=True, verbose_name="提出异议时间")),
                    ("objection", models.TextField(blank=True, verbose_name="异议理由")),
                    ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                    ("upheld", models.BooleanField(null=True, verbose_name="异议成立")),
                    ("answer", models.TextField(blank=True, verbose_name="答复")),
                    ("reported_at", models.DateTimeField(null=True, verbose_name="反馈办结报告时间")),
                    ("report", models.TextField(blank=True, verbose_name="办结报告")),
                    ("counted_from", models.DateField(null=True, verbose_name="告知期限起算日")),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    (
                        "ended_how",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("accepted", "已受理"),
                                ("returned", "异议成立退回"),
                                ("passed_on", "再次移交"),
                                ("concluded", "已作其他处理"),
                                ("answered", "已反馈"),
                            ],
                            max_length=10,
                            verbose_name="了结方式",
                        ),
                    ),
                    (
                        "receiver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="legs_in",
                            to="accounts.organ",
                            verbose_name="去向单位",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="legs_out",
                            to="accounts.organ",
                            verbose_name="转出单位",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "suggested_organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="legs", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "流转",
                },
            ),
            migrations.CreateModel(
                name="Involvement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("registered", "登记"),
                                ("forwards", "转出"),
                                ("handles", "承办"),
                                ("co", "协办"),
                                ("handled", "曾承办"),
                                ("supervises", "督办"),
                                ("reviews", "复查复核"),
                                ("designates", "指定管辖"),
                                ("legal", "法制审核"),
                                ("discipline", "纪检专岗"),
                                ("sponsor", "包案"),
                                ("any", "任一关系"),
                            ],
                            max_length=12,
                            verbose_name="关系",
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="起")),
                    ("until", models.DateTimeField(null=True, verbose_name="止")),
                    ("open", models.BooleanField(default=True, verbose_name="件在办")),
                    (
                        "organ",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "post",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.post",
                            verbose_name="岗位",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="人员",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="involvements",
                            to="petitions.petition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "关系",
                },
            ),
            migrations.CreateModel(
                name="End",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("solved", "诉求合理的，解决问题到位"),
                                ("explained", "诉求无理的，思想教育到位"),
                                ("helped", "生活困难的，帮扶救助到位"),
                                ("lawful", "行为违法的，依法处理到位"),
                            ],
                            max_length=10,
                            verbose_name="到位",
                        ),
                    ),
                    ("applies", models.BooleanField(verbose_name="涉及")),
                    ("words", models.TextField(blank=True, verbose_name="情况")),
                    ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "opinion",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ends",
                            to="petitions.opinion",
                            verbose_name="处理意见",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="ends", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "四个到位",
                },
            ),
            migrations.CreateModel(
                name="Editing",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("act", models.CharField(choices=rulebook.acts.Act.choices, max_length=30, verbose_name="行为")),
                    ("since", models.DateTimeField(verbose_name="打开时间")),
                    ("until", models.DateTimeField(verbose_name="算到")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="editings", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "正在编辑",
                },
            ),
            migrations.CreateModel(
                name="Dispute",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                    (
                        "state",
                        models.CharField(
                            choices=[("raised", "待裁定"), ("ruled", "已指定"), ("withdrawn", "已撤回")],
                            default="raised",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            choices=[
                                ("returned", "多次异议退回"),
                                ("loop", "循环流转"),
                                ("requested", "单位报请"),
                                ("taken_up", "受理以后发现不属本单位职权"),
                            ],
                            max_length=10,
                            verbose_name="缘由",
                        ),
                    ),
                    ("grounds", models.TextField(verbose_name="争议情况")),
                    ("raised_at", models.DateTimeField(verbose_name="报请时间")),
                    (
                        "basis",
                        models.CharField(
                            choices=[("superior", "共同的上一级机关"), ("joint", "联席会议办公室")],
                            max_length=10,
                            verbose_name="裁定机关的由来",
                        ),
                    ),
                    ("counted_from", models.DateField(null=True, verbose_name="告知期限起算日")),
                    ("held_at", models.CharField(blank=True, max_length=40, verbose_name="协调时间")),
                    ("place", models.CharField(blank=True, max_length=120, verbose_name="协调地点")),
                    ("host", models.CharField(blank=True, max_length=40, verbose_name="主持人")),
                    ("positions", models.TextField(blank=True, verbose_name="各方意见")),
                    ("decisions", models.TextField(blank=True, verbose_name="议定事项")),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="协调单",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disputes",
                            to="accounts.organ",
                            verbose_name="裁定机关",
                        ),
                    ),
                    (
                        "raised_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "requester",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="报请单位",
                        ),
                    ),
                    (
                        "suggested",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="建议受理单位",
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="指定受理单位",
                        ),
                    ),
                    (
                        "leg",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dispute",
                            to="petitions.leg",
                            verbose_name="指定的流转",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "受理争议",
                },
            ),
            migrations.CreateModel(
                name="Deadline",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("term", models.CharField(max_length=10, verbose_name="期限")),
                    ("scope", models.CharField(max_length=12, verbose_name="对象")),
                    ("scope_id", models.BigIntegerField(verbose_name="对象键")),
                    ("started_by", models.PositiveIntegerField(verbose_name="起算行")),
                    ("kind", models.CharField(default="duty", max_length=10, verbose_name="性质")),
                    ("district", models.CharField(blank=True, max_length=20, verbose_name="区代码")),
                    ("starts_on", models.DateField(verbose_name="起算日")),
                    ("due_on", models.DateField(verbose_name="届满日")),
                    ("due_at", models.DateTimeField(null=True, verbose_name="届满时刻")),
                    ("internal_on", models.DateField(null=True, verbose_name="内控截止")),
                    ("met_on", models.DateField(null=True, verbose_name="完成日")),
                    (
                        "ended_how",
                        models.CharField(
                            blank=True,
                            choices=[("met", "按期"), ("late", "逾期完成"), ("void", "作废"), ("lapsed", "届满未办")],
                            max_length=10,
                            verbose_name="结果",
                        ),
                    ),
                    ("paused", models.BooleanField(default=False, verbose_name="中止")),
                    ("extended_days", models.PositiveSmallIntegerField(default=0, verbose_name="已延长天数")),
                    ("next_rung_at", models.DateTimeField(null=True, verbose_name="下次提醒")),
                    ("hearings", models.JSONField(blank=True, default=list, verbose_name="扣除的听证起止")),
                    ("provisional", models.BooleanField(default=False, verbose_name="暂定日历")),
                    ("calendar_version", models.PositiveIntegerField(default=0, verbose_name="日历版本")),
                    ("notice_exempt", models.BooleanField(default=False, verbose_name="豁免书面告知")),
                    ("secrecy", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                    (
                        "owed_by_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "owed_by_post",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.post",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "期限",
                },
            ),
            migrations.CreateModel(
                name="Correction",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seq", models.PositiveIntegerField(verbose_name="日志行")),
                    ("field", models.CharField(max_length=20, verbose_name="项目")),
                    ("before", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="改前")),
                    ("after", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="改后")),
                    (
                        "party",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="petitions.party",
                            verbose_name="当事人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "登记更正",
                },
            ),
            migrations.CreateModel(
                name="Claim",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="序")),
                    ("text", models.TextField(verbose_name="诉求")),
                    (
                        "finding",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("support", "支持"),
                                ("partly", "部分支持"),
                                ("explain", "解释说明"),
                                ("not_support", "不支持"),
                            ],
                            max_length=12,
                            verbose_name="结论",
                        ),
                    ),
                    ("answer", models.TextField(blank=True, verbose_name="处理意见")),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="claims",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "诉求",
                },
            ),
            migrations.CreateModel(
                name="PetitionAttachment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=120, verbose_name="名称")),
                    ("stage", models.CharField(default="intake", max_length=20, verbose_name="阶段")),
                    (
                        "attachment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.attachment"
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "信访件材料",
                },
            ),
            migrations.CreateModel(
                name="Execution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[
                                ("drawn", "待确定"),
                                ("owed", "待落实"),
                                ("done", "已落实"),
                                ("refused", "拒不落实"),
                                ("replaced", "已调整"),
                            ],
                            default="drawn",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    ("promised", models.TextField(verbose_name="落实内容")),
                    ("days", models.PositiveSmallIntegerField(verbose_name="天数")),
                    (
                        "unit",
                        models.CharField(
                            choices=[("day", "日"), ("working_day", "个工作日")], max_length=12, verbose_name="天数单位"
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="落实期限")),
                    ("result", models.TextField(blank=True, verbose_name="落实情况")),
                    ("done_on", models.DateField(null=True, verbose_name="落实日")),
                    ("refusal", models.TextField(blank=True, verbose_name="拒不落实的情况")),
                    ("refused_at", models.DateTimeField(null=True, verbose_name="登记拒不落实时间")),
                    (
                        "claim",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="executions",
                            to="petitions.claim",
                            verbose_name="诉求",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="executions",
                            to="accounts.organ",
                            verbose_name="落实单位",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "replaces",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.execution",
                            verbose_name="由哪项调整而来",
                        ),
                    ),
                    (
                        "opinion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="executions",
                            to="petitions.opinion",
                            verbose_name="处理意见",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="executions", to="petitions.petition"
                        ),
                    ),
                    (
                        "evidence",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.petitionattachment",
                            verbose_name="落实凭证",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "落实任务",
                },
            ),
            migrations.CreateModel(
                name="PetitionLetter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seq", models.PositiveIntegerField(verbose_name="对应日志行")),
                    (
                        "letter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.letter"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="petitions.party"
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="petition_letters",
                            to="petitions.petition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "信访件文书",
                },
            ),
            migrations.CreateModel(
                name="Place",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=60, verbose_name="地名")),
                    ("kind", models.CharField(blank=True, max_length=20, verbose_name="类别")),
                    ("territory", models.CharField(db_index=True, max_length=20, verbose_name="辖区代码")),
                ],
                options={
                    "verbose_name": "地名",
                    "constraints": [models.UniqueConstraint(fields=("name", "territory"), name="one_place_per_territory")],
                },
            ),
            migrations.CreateModel(
                name="PostBatch",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("made_at", models.DateTimeField(verbose_name="编批时间")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="编批人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="交邮单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "邮寄批次",
                },
            ),
            migrations.CreateModel(
                name="Proceeding",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("review", "复查"), ("recheck", "复核")], max_length=8, verbose_name="程序"
                        ),
                    ),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[
                                ("requested", "待审查"),
                                ("admitted", "审理中"),
                                ("decided", "已出具意见"),
                                ("refused", "不予受理"),
                                ("withdrawn", "已撤回"),
                            ],
                            default="requested",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    ("applied_on", models.DateField(verbose_name="申请日")),
                    ("posted_on", models.DateField(null=True, verbose_name="交邮日")),
                    ("received_on", models.DateField(verbose_name="收到日")),
                    ("grounds", models.TextField(verbose_name="申请理由")),
                    ("excuse", models.TextField(blank=True, verbose_name="逾期理由")),
                    (
                        "refuse_ground",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("late", "超过三十日提出，且没有正当理由"),
                                ("not_petition", "该事项不属于第三十一条第六项规定的按照信访程序办理的事项"),
                                ("other_path", "该事项已经通过诉讼、仲裁、行政复议等法定途径处理"),
                                ("no_opinion", "原承办单位没有就该事项出具过书面意见"),
                                ("no_authority", "代为提出的人没有有效的授权委托"),
                            ],
                            max_length=14,
                            verbose_name="不予受理情形",
                        ),
                    ),
                    ("refuse_reason", models.TextField(blank=True, verbose_name="不予受理理由")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("uphold", "维持"),
                                ("revoke", "撤销"),
                                ("change", "变更"),
                                ("redo", "责令限期重新作出"),
                            ],
                            max_length=8,
                            verbose_name="结论",
                        ),
                    ),
                    ("facts", models.TextField(blank=True, verbose_name="认定的事实")),
                    ("basis", models.TextField(blank=True, verbose_name="依据")),
                    ("decision", models.TextField(blank=True, verbose_name="复查（复核）意见")),
                    ("redo_due_on", models.DateField(null=True, verbose_name="重新作出的期限")),
                    ("proposed_at", models.DateTimeField(null=True, verbose_name="起草时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "earlier",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.proceeding",
                            verbose_name="所不服的复查",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="意见书",
                        ),
                    ),
                    (
                        "opinion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.opinion",
                            verbose_name="所涉处理意见",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proceedings",
                            to="accounts.organ",
                            verbose_name="复查（复核）机关",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.party",
                            verbose_name="申请人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="proceedings", to="petitions.petition"
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "复查复核",
                },
            ),
            migrations.CreateModel(
                name="Override",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=4, verbose_name="提示")),
                    ("place", models.CharField(max_length=40, verbose_name="处")),
                    ("sentence", models.CharField(max_length=300, verbose_name="提示内容")),
                    ("reason", models.CharField(max_length=300, verbose_name="保留理由")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "opinion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="overrides",
                            to="petitions.opinion",
                            verbose_name="所核查、所不服的意见",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="overrides", to="petitions.petition"
                        ),
                    ),
                    (
                        "proceeding",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="overrides",
                            to="petitions.proceeding",
                            verbose_name="复查（复核）意见",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "审核提示的保留",
                },
            ),
            migrations.CreateModel(
                name="Hearing",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("called", "已决定"), ("concluded", "已作出结论"), ("cancelled", "已取消")],
                            default="called",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    ("called_on", models.DateField(verbose_name="决定日")),
                    ("held_on", models.DateField(verbose_name="举行日")),
                    ("held_at", models.CharField(max_length=40, verbose_name="时间")),
                    ("until", models.DateField(verbose_name="拟作出结论之日")),
                    ("place", models.CharField(max_length=120, verbose_name="地点")),
                    ("host", models.CharField(max_length=40, verbose_name="主持人")),
                    ("members", models.CharField(max_length=200, verbose_name="听证员")),
                    ("recorder", models.CharField(blank=True, max_length=40, verbose_name="记录人")),
                    (
                        "interests",
                        accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="申报的利害关系"),
                    ),
                    ("is_public", models.BooleanField(default=True, verbose_name="公开举行")),
                    ("minutes", models.TextField(blank=True, verbose_name="笔录摘要")),
                    ("evidence", models.TextField(blank=True, verbose_name="举证、质证")),
                    ("votes", models.CharField(blank=True, max_length=120, verbose_name="评议情况")),
                    ("result", models.TextField(blank=True, verbose_name="听证结论")),
                    ("concluded_on", models.DateField(null=True, verbose_name="结论日")),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    (
                        "called_by",
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
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="举行机关",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="petitions.petition"
                        ),
                    ),
                    (
                        "proceeding",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="hearings",
                            to="petitions.proceeding",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "听证",
                },
            ),
            migrations.CreateModel(
                name="Rating",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "body",
                        models.CharField(
                            choices=[("office", "信访部门"), ("organ", "责任单位")], max_length=8, verbose_name="评价对象"
                        ),
                    ),
                    (
                        "score",
                        models.CharField(
                            choices=[("satisfied", "满意"), ("fair", "基本满意"), ("dissatisfied", "不满意")],
                            max_length=14,
                            verbose_name="评价",
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("facts", "事实没有查清"),
                                ("unanswered", "诉求没有逐项答复"),
                                ("basis", "依据没有讲明白"),
                                ("late", "办理拖延"),
                                ("manner", "态度作风"),
                                ("unfulfilled", "承诺没有落实"),
                                ("other", "其他"),
                            ],
                            max_length=12,
                            verbose_name="不满意的原因",
                        ),
                    ),
                    ("rated_at", models.DateTimeField(verbose_name="评价时间")),
                    ("until", models.DateField(verbose_name="评价期的最后一天")),
                    (
                        "entered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="电话代录人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="被评价单位",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "满意度评价",
                },
            ),
            migrations.AddField(
                model_name="callback",
                name="rating",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="call_back",
                    to="petitions.rating",
                    verbose_name="评价",
                ),
            ),
            migrations.CreateModel(
                name="Reception",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("leader", models.CharField(max_length=40, verbose_name="领导姓名")),
                    ("post", models.CharField(max_length=60, verbose_name="职务")),
                    ("charge", models.CharField(blank=True, max_length=120, verbose_name="分管工作")),
                    (
                        "way",
                        models.CharField(
                            choices=[("fixed", "定点接访"), ("invited", "重点约访"), ("visit", "带案下访")],
                            default="fixed",
                            max_length=8,
                            verbose_name="形式",
                        ),
                    ),
                    ("day", models.DateField(verbose_name="接待日期")),
                    ("opens", models.TimeField(verbose_name="开始")),
                    ("closes", models.TimeField(verbose_name="结束")),
                    ("place", models.CharField(max_length=120, verbose_name="接待地点")),
                    ("matters", models.CharField(max_length=200, verbose_name="接待哪些事项")),
                    ("booking", models.CharField(max_length=200, verbose_name="怎样预约、排队")),
                    ("shown_from", models.DateField(verbose_name="公布起始日")),
                    ("shown_until", models.DateField(verbose_name="公布截止日")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "草稿"), ("published", "已公布"), ("cancelled", "已取消")],
                            default="draft",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, verbose_name="第几稿")),
                    ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                    ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                    ("cancelled_at", models.DateTimeField(null=True, verbose_name="取消时间")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                    (
                        "cancelled_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="取消人",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="起草人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="receptions",
                            to="accounts.organ",
                            verbose_name="公布单位",
                        ),
                    ),
                    (
                        "published_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="公布人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "领导接访公告",
                },
            ),
            migrations.CreateModel(
                name="RegistrationDraft",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("key", models.CharField(max_length=40, verbose_name="草稿键")),
                    ("body", accounts.privacy.EncryptedTextField(verbose_name="内容（JSON）")),
                    ("label", models.CharField(blank=True, max_length=60, verbose_name="摘要")),
                    ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="registration_drafts",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "登记草稿",
                },
            ),
            migrations.CreateModel(
                name="Reveal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("field", models.CharField(max_length=20, verbose_name="项目")),
                    ("reason", models.CharField(max_length=100, verbose_name="事由")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "call_back",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.callback",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to="petitions.party"
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "查看记录",
                },
            ),
            migrations.CreateModel(
                name="Service",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("required", models.BooleanField(default=False, verbose_name="须送达后方可办结")),
                    ("recalled", models.BooleanField(default=False, verbose_name="已收回，不再送达")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("waiting", "待送达"), ("published", "公告中"), ("served", "已送达")],
                            default="waiting",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("direct", "直接送达"),
                                ("witness", "留置送达"),
                                ("post", "邮寄送达"),
                                ("electronic", "电子送达"),
                                ("notice", "公告送达"),
                            ],
                            max_length=12,
                            verbose_name="方式",
                        ),
                    ),
                    ("served_on", models.DateField(null=True, verbose_name="送达日")),
                    ("posted_on", models.DateField(null=True, verbose_name="交邮日")),
                    ("tracking", models.CharField(blank=True, max_length=40, verbose_name="邮寄单号")),
                    (
                        "receiver",
                        models.CharField(
                            choices=[
                                ("self", "本人"),
                                ("family", "同住成年家属"),
                                ("agent", "代理人"),
                                ("designated", "指定代收人"),
                                ("office", "单位法定代表人或者负责收件的人"),
                            ],
                            default="self",
                            max_length=10,
                            verbose_name="签收人",
                        ),
                    ),
                    ("received_by", models.CharField(blank=True, max_length=40, verbose_name="代收人姓名")),
                    ("witness", models.CharField(blank=True, max_length=40, verbose_name="见证人")),
                    ("refusal", models.CharField(blank=True, max_length=120, verbose_name="拒收理由")),
                    ("notice_allowed_at", models.DateTimeField(null=True, verbose_name="准予公告时间")),
                    ("notice_place", models.CharField(blank=True, max_length=120, verbose_name="公告处")),
                    ("notice_on", models.DateField(null=True, verbose_name="公告日")),
                    ("notice_until", models.DateField(null=True, verbose_name="公告期满日")),
                    ("recorded_at", models.DateTimeField(null=True, verbose_name="记录时间")),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="文书",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="services",
                            to="petitions.party",
                            verbose_name="受送达人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="services", to="petitions.petition"
                        ),
                    ),
                    (
                        "proof",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.attachment",
                            verbose_name="凭证",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "送达",
                },
            ),
            migrations.AddField(
                model_name="rating",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ratings",
                    to="petitions.service",
                    verbose_name="所评价的送达",
                ),
            ),
            migrations.AddField(
                model_name="proceeding",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="proceedings",
                    to="petitions.service",
                    verbose_name="所不服的送达",
                ),
            ),
            migrations.CreateModel(
                name="PostItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("tracking", models.CharField(blank=True, max_length=40, verbose_name="邮寄单号")),
                    (
                        "batch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="petitions.postbatch",
                            verbose_name="批次",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="post_items",
                            to="petitions.service",
                            verbose_name="送达",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "批次中的文书",
                },
            ),
            migrations.CreateModel(
                name="ServiceAttempt",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "means",
                        models.CharField(
                            choices=[
                                ("direct", "直接送达"),
                                ("witness", "留置送达"),
                                ("post", "邮寄送达"),
                                ("electronic", "电子送达"),
                                ("notice", "公告送达"),
                            ],
                            max_length=12,
                            verbose_name="方式",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="日期")),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("nobody", "无人在家、无人签收"),
                                ("refused", "拒绝签收"),
                                ("moved", "已搬离，新址不明"),
                                ("wrong", "地址有误、查无此人"),
                                ("denied", "本人否认提出过"),
                                ("failed", "未能到达对方系统"),
                            ],
                            max_length=10,
                            verbose_name="未送达的原因",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=120, verbose_name="经过、拒收理由")),
                    ("tracking", models.CharField(blank=True, max_length=40, verbose_name="邮寄单号")),
                    ("at", models.DateTimeField(verbose_name="记录时间")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记录人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="petitions.petition"
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attempts",
                            to="petitions.service",
                            verbose_name="送达",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "未送达记录",
                },
            ),
            migrations.CreateModel(
                name="Submission",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                    (
                        "channel",
                        models.CharField(
                            choices=[("visit", "来访"), ("letter", "来信"), ("call", "来电"), ("web", "网上")],
                            max_length=10,
                            verbose_name="信访形式",
                        ),
                    ),
                    ("original", models.TextField(verbose_name="原话")),
                    (
                        "original_hash",
                        models.CharField(blank=True, editable=False, max_length=64, verbose_name="原话封存码"),
                    ),
                    ("petition_date", models.DateField(blank=True, null=True, verbose_name="信访人提出日")),
                    ("posted_on", models.DateField(blank=True, null=True, verbose_name="邮戳日")),
                    ("received_on", models.DateField(verbose_name="收到日")),
                    ("registered_at", models.DateTimeField(null=True, verbose_name="登记时间")),
                    ("backfilled", models.BooleanField(default=False, verbose_name="补录")),
                    ("external_source", models.CharField(blank=True, max_length=40, verbose_name="外部来源")),
                    ("external_id", models.CharField(blank=True, max_length=80, verbose_name="外部编号")),
                    ("addressee", models.CharField(blank=True, max_length=60, verbose_name="受信人")),
                    ("people_count", models.PositiveIntegerField(default=1, verbose_name="信访人数")),
                    ("involved_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="涉及人数")),
                    ("anonymous", models.BooleanField(default=False, verbose_name="匿名")),
                    ("notice_exempt", models.BooleanField(default=False, verbose_name="姓名住址不清，豁免书面告知")),
                    ("public_consent", models.BooleanField(default=False, verbose_name="同意公开")),
                    ("oral_consent", models.BooleanField(default=False, verbose_name="同意口头答复")),
                    ("truth_pledged", models.BooleanField(default=False, verbose_name="已作真实性承诺")),
                    ("is_joint", models.BooleanField(default=False, verbose_name="联名")),
                    ("urgent", models.BooleanField(default=False, verbose_name="重大紧急")),
                    ("threat", models.BooleanField(default=False, verbose_name="扬言")),
                    ("litigation", models.CharField(blank=True, max_length=40, verbose_name="涉法情形")),
                    ("step_by_step", models.BooleanField(default=True, verbose_name="依法逐级走访")),
                    ("call_record", models.CharField(blank=True, max_length=60, verbose_name="录音号")),
                    (
                        "mail_number",
                        models.CharField(blank=True, db_default="", default="", max_length=40, verbose_name="挂号条码"),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="submissions",
                            to="accounts.organ",
                            verbose_name="登记机构",
                        ),
                    ),
                    (
                        "registered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "rule_set",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.ruleset",
                            verbose_name="适用规则",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "来件",
                },
            ),
            migrations.AddField(
                model_name="petition",
                name="submission",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="petitions",
                    to="petitions.submission",
                    verbose_name="来件",
                ),
            ),
            migrations.AddField(
                model_name="party",
                name="submission",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parties",
                    to="petitions.submission",
                    verbose_name="来件",
                ),
            ),
            migrations.CreateModel(
                name="Listed",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("position", models.PositiveSmallIntegerField(verbose_name="序")),
                    ("name", models.CharField(max_length=120, verbose_name="姓名")),
                    ("id_number", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="证件号")),
                    ("id_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("phone", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="电话")),
                    ("phone_hash", models.CharField(blank=True, editable=False, max_length=64)),
                    ("address", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="住址")),
                    (
                        "submission",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="roll",
                            to="petitions.submission",
                            verbose_name="来件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "名单中的人",
                },
            ),
            migrations.CreateModel(
                name="LateEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("happened_on", models.DateField(verbose_name="发生日")),
                    ("happened_at", models.TimeField(null=True, verbose_name="发生时刻")),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("power", "停电"),
                                ("network", "断网"),
                                ("system", "系统故障、维护"),
                                ("outside", "外出接访、下访"),
                                ("missed", "日终核对发现漏登"),
                                ("other", "其他"),
                            ],
                            max_length=10,
                            verbose_name="补录原因",
                        ),
                    ),
                    ("explanation", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    ("paper_number", models.CharField(blank=True, max_length=20, verbose_name="纸质登记表编号")),
                    ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="录入人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="登记机构",
                        ),
                    ),
                    (
                        "submission",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="late_entry",
                            to="petitions.submission",
                            verbose_name="来件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "补录",
                },
            ),
            migrations.CreateModel(
                name="Visit",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("day", models.DateField(verbose_name="日期")),
                    ("number", models.PositiveIntegerField(null=True, verbose_name="号")),
                    (
                        "need",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("elderly", "老年人"),
                                ("disabled", "残疾人"),
                                ("pregnant", "孕妇、携带婴幼儿"),
                                ("ill", "身体不适"),
                            ],
                            max_length=10,
                            verbose_name="优先接待",
                        ),
                    ),
                    ("people", models.PositiveIntegerField(default=1, verbose_name="人数")),
                    (
                        "state",
                        models.CharField(
                            choices=[("waiting", "等候"), ("called", "叫号"), ("met", "接待中"), ("left", "离开")],
                            default="waiting",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("taken_at", models.DateTimeField(verbose_name="取号时间")),
                    ("called_at", models.DateTimeField(null=True, verbose_name="叫号时间")),
                    ("calls", models.PositiveSmallIntegerField(default=0, verbose_name="叫号次数")),
                    ("window", models.PositiveSmallIntegerField(null=True, verbose_name="窗口")),
                    ("met_at", models.DateTimeField(null=True, verbose_name="接待开始")),
                    ("left_at", models.DateTimeField(null=True, verbose_name="离开时间")),
                    (
                        "end",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("calm", "接待完毕，自行离开"),
                                ("persuaded", "经劝导后离开"),
                                ("fetched", "由亲属、单位接走"),
                                ("stayed", "滞留，另行登记秩序事件"),
                                ("absent", "叫号未到"),
                                ("gone", "等候中自行离开"),
                            ],
                            max_length=10,
                            verbose_name="怎样离开",
                        ),
                    ),
                    ("told", models.BooleanField(default=False, verbose_name="已当场告知去向和期限")),
                    ("receipt", models.BooleanField(default=False, verbose_name="已交回执")),
                    (
                        "mood",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("content", "表示满意"),
                                ("partly", "表示基本满意"),
                                ("not", "表示不满意"),
                                ("unsaid", "未表示"),
                            ],
                            max_length=8,
                            verbose_name="信访人的表示",
                        ),
                    ),
                    ("note", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="情况")),
                    (
                        "clerk",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="接待人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="accounts.organ",
                            verbose_name="接待单位",
                        ),
                    ),
                    (
                        "submissions",
                        models.ManyToManyField(related_name="visits", to="petitions.submission", verbose_name="登记的来件"),
                    ),
                ],
                options={
                    "verbose_name": "接访",
                },
            ),
            migrations.CreateModel(
                name="ShiftHandover",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("window", models.PositiveSmallIntegerField(null=True, verbose_name="窗口")),
                    ("drafts", models.JSONField(default=list, verbose_name="移交的草稿")),
                    ("note", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="交代事项")),
                    ("at", models.DateTimeField(verbose_name="交接时间")),
                    (
                        "giver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="交班人",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "taker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="接班人",
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.visit",
                            verbose_name="移交的接访",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "交接班",
                },
            ),
            migrations.CreateModel(
                name="Volume",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("serial", models.PositiveIntegerField(verbose_name="件号")),
                    ("number", models.CharField(max_length=60, unique=True, verbose_name="档号")),
                    (
                        "retention",
                        models.CharField(
                            choices=[("Y", "永久"), ("D30", "30年"), ("D10", "10年")], max_length=4, verbose_name="保管期限"
                        ),
                    ),
                    ("pages", models.PositiveIntegerField(verbose_name="总页数")),
                    ("filed_on", models.DateField(verbose_name="归档日")),
                    (
                        "filed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="归档目录",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="归档单位",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="volumes", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "案卷",
                },
            ),
            migrations.CreateModel(
                name="VolumeItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                    ("title", models.CharField(max_length=160, verbose_name="题名")),
                    ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("dated", models.DateField(null=True, verbose_name="日期")),
                    ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                    ("first_page", models.PositiveIntegerField(verbose_name="起页")),
                    (
                        "attachment",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.attachment",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.letter"
                        ),
                    ),
                    (
                        "volume",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="items", to="petitions.volume"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "卷内文件",
                },
            ),
            migrations.CreateModel(
                name="Withdrawal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seq", models.PositiveIntegerField(verbose_name="日志行")),
                    ("on", models.DateField(verbose_name="申请日")),
                    (
                        "scope",
                        models.CharField(
                            choices=[("all", "全部诉求"), ("part", "部分诉求")], max_length=6, verbose_name="撤回范围"
                        ),
                    ),
                    ("claims", models.JSONField(blank=True, default=list, verbose_name="撤回的诉求序号")),
                    ("reason", accounts.privacy.EncryptedTextField(verbose_name="原因")),
                    (
                        "again",
                        models.CharField(
                            choices=[("no", "不再提出"), ("maybe", "情况变化时可能再提"), ("unsaid", "未表示")],
                            max_length=8,
                            verbose_name="今后是否再提",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="withdrawals",
                            to="petitions.party",
                            verbose_name="撤回人",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="petitions.petition"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "撤回记录",
                },
            ),
            migrations.CreateModel(
                name="Approval",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("step", models.PositiveSmallIntegerField(verbose_name="级次")),
                    ("approved", models.BooleanField(verbose_name="批准")),
                    ("note", models.TextField(blank=True, verbose_name="意见")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "on_behalf_of",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "post",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                        ),
                    ),
                    (
                        "pending",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="petitions.pendingact"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "审批意见",
                    "constraints": [models.UniqueConstraint(fields=("pending", "step"), name="one_decision_per_step")],
                },
            ),
            migrations.AddConstraint(
                model_name="person",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("id_hash", ""), _negated=True), fields=("id_hash",), name="one_person_per_identity"
                ),
            ),
            migrations.AddIndex(
                model_name="personalexport",
                index=models.Index(fields=["asked_by", "-asked_at"], name="personal_exports_of"),
            ),
            migrations.AddIndex(
                model_name="personalexport",
                index=models.Index(
                    condition=models.Q(("state", "waiting")), fields=["organ"], name="personal_exports_wait"
                ),
            ),
            migrations.AddConstraint(
                model_name="petitionevent",
                constraint=models.UniqueConstraint(fields=("petition", "seq"), name="one_event_per_seq"),
            ),
            migrations.AddConstraint(
                model_name="pendingact",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "waiting")), fields=("petition", "act"), name="one_waiting_act_per_kind"
                ),
            ),
            migrations.AddIndex(
                model_name="partyrequest",
                index=models.Index(condition=models.Q(("state", "waiting")), fields=["petition"], name="requests_waiting"),
            ),
            migrations.AddConstraint(
                model_name="opinion",
                constraint=models.UniqueConstraint(fields=("petition", "version"), name="one_opinion_per_version"),
            ),
            migrations.AddConstraint(
                model_name="mediation",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "open")), fields=("petition",), name="one_open_mediation_per_petition"
                ),
            ),
            migrations.AddConstraint(
                model_name="leg",
                constraint=models.UniqueConstraint(fields=("petition", "number"), name="one_leg_per_number"),
            ),
            migrations.AddConstraint(
                model_name="leg",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("objected_at__isnull", False)),
                    fields=("petition", "receiver"),
                    name="one_objection_per_organ",
                ),
            ),
            migrations.AddIndex(
                model_name="involvement",
                index=models.Index(condition=models.Q(("until", None)), fields=["petition", "kind"], name="involved_now"),
            ),
            migrations.AddIndex(
                model_name="involvement",
                index=models.Index(
                    condition=models.Q(("until", None)), fields=["organ", "kind", "petition"], name="involved_organ"
                ),
            ),
            migrations.AddIndex(
                model_name="involvement",
                index=models.Index(
                    condition=models.Q(("open", True), ("until", None)),
                    fields=["organ", "petition"],
                    name="open_involved_organ",
                ),
            ),
            migrations.AddIndex(
                model_name="involvement",
                index=models.Index(
                    condition=models.Q(("open", True), ("until", None)),
                    fields=["petition"],
                    include=("organ", "kind", "post", "user"),
                    name="open_involvement",
                ),
            ),
            migrations.AddIndex(
                model_name="involvement",
                index=models.Index(
                    condition=models.Q(("until", None), ("user__isnull", False)),
                    fields=["user", "petition"],
                    name="involved_user",
                ),
            ),
            migrations.AddConstraint(
                model_name="end",
                constraint=models.UniqueConstraint(
                    fields=("petition", "opinion", "kind"), name="one_end_per_kind_and_opinion", nulls_distinct=False
                ),
            ),
            migrations.AddConstraint(
                model_name="end",
                constraint=models.CheckConstraint(
                    condition=models.Q(("applies", False), models.Q(("words", ""), _negated=True), _connector="OR"),
                    name="an_end_that_applies_says_how",
                ),
            ),
            migrations.AddConstraint(
                model_name="editing",
                constraint=models.UniqueConstraint(fields=("petition", "act", "user"), name="one_editing_per_form"),
            ),
            migrations.AddIndex(
                model_name="dispute",
                index=models.Index(
                    condition=models.Q(("state", "raised")), fields=["organ", "raised_at"], name="disputes_open"
                ),
            ),
            migrations.AddConstraint(
                model_name="dispute",
                constraint=models.UniqueConstraint(fields=("petition", "number"), name="one_dispute_per_number"),
            ),
            migrations.AddConstraint(
                model_name="dispute",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "raised")), fields=("petition",), name="one_open_dispute_per_petition"
                ),
            ),
            migrations.AddIndex(
                model_name="deadline",
                index=models.Index(
                    condition=models.Q(("ended_how", "")), fields=["owed_by_organ", "due_on", "id"], name="running_by_organ"
                ),
            ),
            migrations.AddIndex(
                model_name="deadline",
                index=models.Index(
                    condition=models.Q(("ended_how", "")), fields=["district", "due_on", "id"], name="running_by_district"
                ),
            ),
            migrations.AddIndex(
                model_name="deadline",
                index=models.Index(condition=models.Q(("ended_how", "")), fields=["next_rung_at"], name="running_by_rung"),
            ),
            migrations.AddConstraint(
                model_name="deadline",
                constraint=models.UniqueConstraint(
                    fields=("petition", "term", "scope", "scope_id", "started_by"), name="one_deadline_per_start"
                ),
            ),
            migrations.AddConstraint(
                model_name="correction",
                constraint=models.UniqueConstraint(
                    fields=("petition", "seq", "field"), name="one_correction_per_line_and_field"
                ),
            ),
            migrations.AddConstraint(
                model_name="claim",
                constraint=models.UniqueConstraint(fields=("petition", "number"), name="one_claim_per_number"),
            ),
            migrations.AddIndex(
                model_name="execution",
                index=models.Index(
                    condition=models.Q(("state__in", ("owed", "refused"))),
                    fields=["organ", "due_on"],
                    name="executions_owed",
                ),
            ),
            migrations.AddConstraint(
                model_name="execution",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state", "replaced"), _negated=True),
                    fields=("opinion", "claim"),
                    name="one_execution_per_supported_claim",
                ),
            ),
            migrations.AddIndex(
                model_name="callback",
                index=models.Index(
                    condition=models.Q(("state", "open")), fields=["office", "due_on"], name="call_backs_open"
                ),
            ),
            migrations.AddConstraint(
                model_name="callback",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("concluded_at__isnull", False), ("state", "done"), models.Q(("outcome", ""), _negated=True)
                        ),
                        models.Q(models.Q(("state", "done"), _negated=True), ("concluded_at", None), ("outcome", "")),
                        _connector="OR",
                    ),
                    name="a_call_back_ends_with_an_outcome",
                ),
            ),
            migrations.AddIndex(
                model_name="reception",
                index=models.Index(fields=["shown_until", "state"], name="receptions_shown"),
            ),
            migrations.AddConstraint(
                model_name="reception",
                constraint=models.CheckConstraint(
                    condition=models.Q(("closes__gt", models.F("opens"))), name="reception_ends_after_start"
                ),
            ),
            migrations.AddConstraint(
                model_name="reception",
                constraint=models.CheckConstraint(
                    condition=models.Q(("shown_from__lte", models.F("day")), ("shown_until__gte", models.F("day"))),
                    name="reception_shown_on_its_day",
                ),
            ),
            migrations.AddConstraint(
                model_name="reception",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("published_at", None), ("state", "draft")),
                        models.Q(models.Q(("state", "draft"), _negated=True), ("published_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="reception_published_by_somebody",
                ),
            ),
            migrations.AddConstraint(
                model_name="reception",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="reception_called_off_with_reason",
                ),
            ),
            migrations.AddConstraint(
                model_name="registrationdraft",
                constraint=models.UniqueConstraint(fields=("user", "key"), name="one_draft_per_key"),
            ),
            migrations.AddIndex(
                model_name="reveal",
                index=models.Index(fields=["petition", "-at"], name="reveal_by_petition"),
            ),
            migrations.AddConstraint(
                model_name="service",
                constraint=models.UniqueConstraint(fields=("letter", "party"), name="one_service_per_letter_and_party"),
            ),
            migrations.AddIndex(
                model_name="rating",
                index=models.Index(condition=models.Q(("score", "dissatisfied")), fields=["until"], name="poor_ratings"),
            ),
            migrations.AddConstraint(
                model_name="rating",
                constraint=models.UniqueConstraint(fields=("service", "body"), name="one_rating_per_service_and_body"),
            ),
            migrations.AddConstraint(
                model_name="rating",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("score", "dissatisfied"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="dissatisfied_with_a_reason",
                ),
            ),
            migrations.AddIndex(
                model_name="proceeding",
                index=models.Index(
                    condition=models.Q(("state__in", ["requested", "admitted"])),
                    fields=["organ", "received_on"],
                    name="proceedings_open",
                ),
            ),
            migrations.AddConstraint(
                model_name="proceeding",
                constraint=models.UniqueConstraint(fields=("petition", "number"), name="one_proceeding_per_number"),
            ),
            migrations.AddConstraint(
                model_name="proceeding",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state__in", ["requested", "admitted", "decided"])),
                    fields=("service",),
                    name="one_proceeding_per_served_opinion",
                ),
            ),
            migrations.AddConstraint(
                model_name="postitem",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("tracking", "")), fields=("service",), name="one_batch_until_posted"
                ),
            ),
            migrations.AddIndex(
                model_name="submission",
                index=models.Index(fields=["organ", "registered_at"], name="submission_day_check"),
            ),
            migrations.AddConstraint(
                model_name="submission",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("external_id", ""), _negated=True),
                    fields=("external_source", "external_id"),
                    name="one_submission_per_external_id",
                ),
            ),
            migrations.AddConstraint(
                model_name="submission",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("mail_number", ""), _negated=True),
                    fields=("organ", "mail_number"),
                    name="one_submission_per_registered_mail",
                ),
            ),
            migrations.AddIndex(
                model_name="petition",
                index=models.Index(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "registered",
                                "forwarded",
                                "assigned",
                                "objected",
                                "disputed",
                                "accepted",
                                "studying",
                                "reported",
                                "in_procedure",
                                "submitted",
                                "issued",
                            ],
                        )
                    ),
                    fields=["holder_organ", "next_due_on", "id"],
                    name="open_by_holder",
                ),
            ),
            migrations.AddIndex(
                model_name="petition",
                index=models.Index(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "registered",
                                "forwarded",
                                "assigned",
                                "objected",
                                "disputed",
                                "accepted",
                                "studying",
                                "reported",
                                "in_procedure",
                                "submitted",
                                "issued",
                            ],
                        )
                    ),
                    fields=["next_due_on", "id"],
                    include=("secrecy", "accused_organ"),
                    name="open_by_due",
                ),
            ),
            migrations.AddConstraint(
                model_name="petition",
                constraint=models.UniqueConstraint(fields=("submission", "ordinal"), name="one_petition_per_ordinal"),
            ),
            migrations.AddIndex(
                model_name="party",
                index=models.Index(
                    condition=models.Q(("id_hash", ""), _negated=True), fields=["id_hash"], name="party_id_hash"
                ),
            ),
            migrations.AddIndex(
                model_name="party",
                index=models.Index(
                    condition=models.Q(("phone_hash", ""), _negated=True), fields=["phone_hash"], name="party_phone_hash"
                ),
            ),
            migrations.AddIndex(
                model_name="party",
                index=models.Index(
                    condition=models.Q(("address_hash", ""), _negated=True),
                    fields=["address_hash"],
                    name="party_address_hash",
                ),
            ),
            migrations.AddIndex(
                model_name="party",
                index=models.Index(fields=["name"], name="party_name"),
            ),
            migrations.AddConstraint(
                model_name="party",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("query_hash", ""), _negated=True), fields=("query_hash",), name="one_query_code"
                ),
            ),
            migrations.AddIndex(
                model_name="listed",
                index=models.Index(
                    condition=models.Q(("id_hash", ""), _negated=True), fields=["id_hash"], name="listed_id_hash"
                ),
            ),
            migrations.AddIndex(
                model_name="listed",
                index=models.Index(
                    condition=models.Q(("phone_hash", ""), _negated=True), fields=["phone_hash"], name="listed_phone_hash"
                ),
            ),
            migrations.AddConstraint(
                model_name="listed",
                constraint=models.UniqueConstraint(fields=("submission", "position"), name="one_line_of_the_list"),
            ),
            migrations.AddConstraint(
                model_name="lateentry",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("paper_number", ""), _negated=True),
                    fields=("organ", "paper_number"),
                    name="one_entry_per_paper",
                ),
            ),
            migrations.AddIndex(
                model_name="visit",
                index=models.Index(fields=["organ", "day", "state"], name="visits_of_the_day"),
            ),
            migrations.AddConstraint(
                model_name="visit",
                constraint=models.UniqueConstraint(fields=("organ", "day", "number"), name="one_number_a_day"),
            ),
            migrations.AddConstraint(
                model_name="visit",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("state__in", ("called", "met"))),
                    fields=("clerk", "day"),
                    name="one_visit_at_a_time",
                ),
            ),
            migrations.AddIndex(
                model_name="shifthandover",
                index=models.Index(fields=["organ", "-at"], name="handovers_of_organ"),
            ),
            migrations.AddConstraint(
                model_name="volume",
                constraint=models.UniqueConstraint(fields=("petition",), name="one_volume_per_petition"),
            ),
            migrations.AddConstraint(
                model_name="volume",
                constraint=models.UniqueConstraint(fields=("organ", "year", "serial"), name="one_volume_per_serial"),
            ),
            migrations.AddConstraint(
                model_name="volumeitem",
                constraint=models.UniqueConstraint(fields=("volume", "position"), name="one_item_per_position"),
            ),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION petitions_append_only()"),
        *(append_only(table) for table in (*TABLES, "petitions_serviceattempt", "petitions_calltry")),
        migrations.RunSQL(RESEAL, "DROP FUNCTION petitions_reseal_only()"),
        migrations.RunSQL(NO_RESEAL, RESEALABLE % "petitions_append_only"),
        migrations.RunSQL(RESEALABLE % "petitions_reseal_only", NO_RESEAL),
    ]
