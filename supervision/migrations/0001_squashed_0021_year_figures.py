"""All tables of supervision as they stand after 0021_year_figures; an older database goes the old way, step by step."""

import accounts.privacy
import django.db.models.deletion
import django_fsm
import rulebook.timekeeping
import supervision.ladder.models
import supervision.ladder.rungs
import supervision.orders.evidence.models
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from supervision.migrations._guards import counting


class Migration(migrations.Migration):
    replaces = [
        ("supervision", "0001_initial"),
        ("supervision", "0002_system_orders"),
        ("supervision", "0003_order_incidents"),
        ("supervision", "0004_custody"),
        ("supervision", "0005_order_life"),
        ("supervision", "0006_ladder"),
        ("supervision", "0007_sampling"),
        ("supervision", "0008_order_measures"),
        ("supervision", "0009_evidence"),
        ("supervision", "0010_hollow_checks"),
        ("supervision", "0011_ladder_drafts"),
        ("supervision", "0012_watch"),
        ("supervision", "0013_proposals"),
        ("supervision", "0014_day_figures"),
        ("supervision", "0015_rungs_by_category"),
        ("supervision", "0016_outages"),
        ("supervision", "0017_routing_drafts"),
        ("supervision", "0018_board_counts"),
        ("supervision", "0019_urgings"),
        ("supervision", "0020_conference"),
        ("supervision", "0021_year_figures"),
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
                name="Heartbeat",
                fields=[
                    ("name", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="名称")),
                    ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                    ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                    ("counts", models.JSONField(default=dict, verbose_name="所做的数")),
                ],
                options={
                    "verbose_name": "心跳",
                },
            ),
            migrations.CreateModel(
                name="BoardCount",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    ("places", models.TextField(verbose_name="所及辖区")),
                    ("rule_set_id", models.BigIntegerField(null=True, verbose_name="规则集")),
                    ("term", models.CharField(max_length=10, verbose_name="期限")),
                    ("due_on", models.DateField(null=True, verbose_name="届满日")),
                    ("withdrawn", models.BooleanField(verbose_name="提醒已撤销")),
                    ("n", models.BigIntegerField(verbose_name="件数")),
                    (
                        "accused",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="被检举控告的单位",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="petitions.category",
                            verbose_name="内容分类",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="承办单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督查页的数",
                },
            ),
            migrations.CreateModel(
                name="CallIn",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "basis",
                        models.CharField(
                            choices=[
                                ("39", "信访工作联席会议约谈（第三十九条第三款）"),
                                ("40", "信访部门约谈督办（第四十条第一款）"),
                            ],
                            max_length=2,
                            verbose_name="依据",
                        ),
                    ),
                    ("approved", models.CharField(blank=True, max_length=120, verbose_name="批准")),
                    (
                        "called",
                        models.CharField(
                            choices=[("head", "主要负责人"), ("deputy", "分管负责人"), ("chief", "承办科室负责人")],
                            max_length=8,
                            verbose_name="被约谈职务",
                        ),
                    ),
                    ("held_at", models.DateTimeField(verbose_name="约谈时间")),
                    ("place", models.CharField(max_length=120, verbose_name="地点")),
                    ("topic", models.CharField(max_length=200, verbose_name="事由")),
                    ("minutes", accounts.privacy.EncryptedTextField(verbose_name="谈话要点")),
                    ("made_at", models.DateTimeField(verbose_name="记录时间")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记录人",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="约谈单位",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="被约谈单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "约谈",
                },
            ),
            migrations.CreateModel(
                name="Commitment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("text", models.CharField(max_length=300, verbose_name="承诺")),
                    ("due_on", models.DateField(verbose_name="完成期限")),
                    ("done_on", models.DateField(null=True, verbose_name="完成日")),
                    ("how", models.TextField(blank=True, verbose_name="履行情况")),
                    (
                        "call_in",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="commitments",
                            to="supervision.callin",
                            verbose_name="约谈",
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
                    "verbose_name": "约谈承诺",
                },
            ),
            migrations.CreateModel(
                name="LadderDraft",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=60, verbose_name="名称")),
                    ("reason", models.TextField(verbose_name="理由")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "草稿"), ("enabled", "已启用"), ("undone", "已退回"), ("dropped", "已作废")],
                            default="draft",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="拟稿时间")),
                    ("replayed_at", models.DateTimeField(null=True, verbose_name="试算时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="启用、作废时间")),
                    ("undone_at", models.DateTimeField(null=True, verbose_name="退回时间")),
                    ("text", models.TextField(verbose_name="阶梯")),
                    ("result", models.JSONField(null=True, verbose_name="试算结果")),
                    ("before", models.JSONField(null=True, verbose_name="启用前的阶梯")),
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
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟稿人",
                        ),
                    ),
                    (
                        "undone_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "阶梯草案",
                },
            ),
            migrations.CreateModel(
                name="LadderRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                    ("terms", models.JSONField(verbose_name="适用期限")),
                    ("code", models.CharField(max_length=20, verbose_name="代号")),
                    ("level", models.PositiveSmallIntegerField(verbose_name="级")),
                    ("label", models.CharField(max_length=20, verbose_name="名称")),
                    ("offset", models.SmallIntegerField(verbose_name="距届满日")),
                    (
                        "unit",
                        models.CharField(
                            choices=[("natural", "自然日"), ("working", "工作日")],
                            default="natural",
                            max_length=8,
                            verbose_name="单位",
                        ),
                    ),
                    ("tells", models.JSONField(verbose_name="告知对象")),
                    ("above", models.JSONField(default=dict, verbose_name="无人知悉时依次报")),
                    ("channels", models.JSONField(default=supervision.ladder.models.in_app, verbose_name="渠道")),
                    (
                        "opens",
                        models.CharField(
                            blank=True, choices=supervision.ladder.rungs.Opens.choices, max_length=10, verbose_name="开启"
                        ),
                    ),
                    ("logged", models.BooleanField(default=False, verbose_name="记入办理日志")),
                    (
                        "category",
                        models.CharField(blank=True, db_default="", default="", max_length=12, verbose_name="内容分类"),
                    ),
                    (
                        "rule_set",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "提醒阶梯",
                },
            ),
            migrations.CreateModel(
                name="Order",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[
                                ("drafted", "拟稿"),
                                ("issued", "待反馈"),
                                ("answered", "反馈待核"),
                                ("returned", "退回重报"),
                                ("closed", "已办结"),
                            ],
                            default="drafted",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "card",
                        models.CharField(
                            choices=[("plain", "普通督办"), ("yellow", "黄牌督办"), ("red", "红牌督办")],
                            default="plain",
                            max_length=8,
                            verbose_name="类型",
                        ),
                    ),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("SV01", "未按规定登记、转送、告知"),
                                ("SV02", "无正当理由未按规定期限办结"),
                                ("SV03", "交办件未按指定期限反馈"),
                                ("SV04", "未按规定程序办理"),
                                ("SV05", "推诿、敷衍、拖延、弄虚作假"),
                                ("SV06", "拒不执行信访处理意见"),
                                ("SV07", "处理意见事实不清、依据或者程序明显错误"),
                                ("SV08", "领导批示、联席会议挂牌或者重大紧急"),
                                ("SV09", "信访人评价不满意且抽查属实"),
                            ],
                            max_length=6,
                            verbose_name="事由",
                        ),
                    ),
                    ("issued_at", models.DateTimeField(null=True, verbose_name="下发时间")),
                    ("problem", models.TextField(verbose_name="存在问题")),
                    ("requirement", models.TextField(verbose_name="督办要求")),
                    ("due_on", models.DateField(verbose_name="反馈期限")),
                    ("signed_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                    ("report_every", models.PositiveSmallIntegerField(default=0, verbose_name="每几个工作日报告进展")),
                    ("reports_since", models.DateField(null=True, verbose_name="报告间隔从哪天数起")),
                    ("next_report_on", models.DateField(null=True, verbose_name="下一次报告")),
                    ("answer", models.TextField(blank=True, verbose_name="反馈")),
                    ("answered_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                    ("verdict", models.TextField(blank=True, verbose_name="核查意见")),
                    ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                    ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
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
                        "issued_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="督办人",
                        ),
                    ),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="督办单位",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="督办函",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders",
                            to="petitions.petition",
                            verbose_name="信访事项",
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
                        "to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="责任单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督办单",
                },
            ),
            migrations.CreateModel(
                name="EvidencePack",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="第几份")),
                    ("snapshot", accounts.privacy.EncryptedTextField(verbose_name="快照")),
                    ("snapshot_hash", models.CharField(max_length=64, verbose_name="快照散列")),
                    (
                        "pdf",
                        models.FileField(upload_to=supervision.orders.evidence.models.evidence_path, verbose_name="PDF"),
                    ),
                    ("pdf_hash", models.CharField(max_length=64, verbose_name="PDF 散列")),
                    ("made_at", models.DateTimeField(default=rulebook.timekeeping.now, verbose_name="制作时间")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="制作人",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="supervision.order",
                            verbose_name="督办单",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "督办证据材料",
                },
            ),
            migrations.CreateModel(
                name="Circular",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=60, unique=True, verbose_name="文号")),
                    ("approved", models.CharField(max_length=120, verbose_name="批准")),
                    ("title", models.CharField(max_length=100, verbose_name="标题")),
                    ("text", models.TextField(verbose_name="正文")),
                    ("made_at", models.DateTimeField(verbose_name="通报时间")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="通报人",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="通报单位",
                        ),
                    ),
                    ("told", models.ManyToManyField(related_name="+", to="accounts.organ", verbose_name="通报范围")),
                    (
                        "orders",
                        models.ManyToManyField(related_name="circulars", to="supervision.order", verbose_name="督办单"),
                    ),
                ],
                options={
                    "verbose_name": "通报",
                },
            ),
            migrations.CreateModel(
                name="CardGiven",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "card",
                        models.CharField(
                            choices=[("yellow", "黄牌督办"), ("red", "红牌督办")], max_length=8, verbose_name="牌"
                        ),
                    ),
                    ("given_at", models.DateTimeField(default=rulebook.timekeeping.now, verbose_name="时间")),
                    ("reason", models.TextField(blank=True, verbose_name="升级理由")),
                    (
                        "given_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="督办人",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="督办函",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cards",
                            to="supervision.order",
                            verbose_name="督办单",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "牌",
                },
            ),
            migrations.AddField(
                model_name="callin",
                name="orders",
                field=models.ManyToManyField(related_name="call_ins", to="supervision.order", verbose_name="督办单"),
            ),
            migrations.CreateModel(
                name="OrderIncident",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("happened_at", models.DateTimeField(verbose_name="发生时间")),
                    ("place", models.CharField(max_length=120, verbose_name="地点")),
                    ("conduct", models.JSONField(verbose_name="行为")),
                    ("people", models.PositiveIntegerField(verbose_name="人数")),
                    ("account", accounts.privacy.EncryptedTextField(verbose_name="经过")),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="登记单位",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.petition",
                            verbose_name="相关信访件",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "秩序事件单",
                },
            ),
            migrations.CreateModel(
                name="IncidentStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "measure",
                        models.CharField(
                            choices=[
                                ("dissuade", "劝阻"),
                                ("criticise", "批评"),
                                ("educate", "教育"),
                                ("called", "报警"),
                                ("police", "公安机关现场处置"),
                                ("penalty", "治安管理处罚"),
                                ("criminal", "刑事立案"),
                                ("evidence", "收存音像、照片"),
                            ],
                            max_length=10,
                            verbose_name="处置",
                        ),
                    ),
                    ("authority", models.CharField(blank=True, max_length=80, verbose_name="公安机关")),
                    ("words", accounts.privacy.EncryptedTextField(blank=True, verbose_name="情况")),
                    ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
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
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记录人",
                        ),
                    ),
                    (
                        "incident",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="supervision.orderincident",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "秩序事件处置",
                },
            ),
            migrations.CreateModel(
                name="Outage",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("since", models.DateTimeField(verbose_name="自")),
                    ("until", models.DateTimeField(verbose_name="至")),
                    ("reason", models.CharField(max_length=200, verbose_name="原因")),
                    (
                        "state",
                        models.CharField(
                            choices=[("recorded", "待核实"), ("confirmed", "已核实"), ("refused", "不属实")],
                            default="recorded",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="核实时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核实人",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="记录人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "系统停机",
                },
            ),
            migrations.CreateModel(
                name="Proposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("improve", "改进工作建议"), ("policy", "完善政策建议"), ("blame", "追究责任建议")],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("submitted", "待批准"),
                                ("returned", "退回修改"),
                                ("issued", "待反馈"),
                                ("answered", "已反馈"),
                            ],
                            default="submitted",
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    ("subject", models.CharField(max_length=120, verbose_name="事项")),
                    (
                        "ground",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("SV01", "未按规定登记、转送、告知"),
                                ("SV02", "无正当理由未按规定期限办结"),
                                ("SV03", "交办件未按指定期限反馈"),
                                ("SV04", "未按规定程序办理"),
                                ("SV05", "推诿、敷衍、拖延、弄虚作假"),
                                ("SV06", "拒不执行信访处理意见"),
                                ("SV07", "处理意见事实不清、依据或者程序明显错误"),
                                ("SV08", "领导批示、联席会议挂牌或者重大紧急"),
                                ("SV09", "信访人评价不满意且抽查属实"),
                            ],
                            max_length=6,
                            verbose_name="情形",
                        ),
                    ),
                    ("responsible", models.CharField(blank=True, max_length=120, verbose_name="责任单位和岗位")),
                    ("problem", models.TextField(verbose_name="问题、事实")),
                    ("circumstances", models.TextField(blank=True, verbose_name="情节")),
                    ("consequences", models.TextField(blank=True, verbose_name="后果")),
                    ("basis", models.TextField(blank=True, verbose_name="依据")),
                    ("suggestions", models.TextField(verbose_name="建议")),
                    ("due_on", models.DateField(verbose_name="反馈日期")),
                    ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                    ("return_reason", models.TextField(blank=True, verbose_name="退回理由")),
                    ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                    ("issued_on", models.DateField(null=True, verbose_name="发出日")),
                    ("served_on", models.DateField(null=True, verbose_name="送达日")),
                    (
                        "served_how",
                        models.CharField(
                            blank=True,
                            choices=[("system", "系统签收"), ("paper", "送交纸质，签收"), ("exchange", "公文交换")],
                            max_length=10,
                            verbose_name="送达方式",
                        ),
                    ),
                    (
                        "adoption",
                        models.CharField(
                            blank=True,
                            choices=[("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "未采纳")],
                            max_length=12,
                            verbose_name="采纳情况",
                        ),
                    ),
                    ("answer_reason", models.TextField(blank=True, verbose_name="未采纳的理由")),
                    ("arrangement", models.TextField(blank=True, verbose_name="落实安排")),
                    ("answer_number", models.CharField(blank=True, max_length=60, verbose_name="反馈函文号")),
                    ("answered_on", models.DateField(null=True, verbose_name="反馈日")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记反馈的人",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批准人",
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
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="提出单位",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.letter",
                            verbose_name="建议书",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="supervision.order",
                            verbose_name="由哪份督办单而来",
                        ),
                    ),
                    (
                        "petitions",
                        models.ManyToManyField(related_name="+", to="petitions.petition", verbose_name="所附事项"),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="收文单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "三项建议",
                },
            ),
            migrations.CreateModel(
                name="QualitySheet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                    ("pass_mark", models.PositiveSmallIntegerField(verbose_name="合格分")),
                    ("parts", models.JSONField(verbose_name="评查项目")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "评查表",
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("rung", models.CharField(max_length=20, verbose_name="级")),
                    ("level", models.PositiveSmallIntegerField(verbose_name="阶梯级")),
                    ("due_on", models.DateField(verbose_name="届满日")),
                    ("made_at", models.DateTimeField(verbose_name="提醒时间")),
                    ("told_to", models.JSONField(default=list, verbose_name="告知人员")),
                    ("answer_by", models.DateField(null=True, verbose_name="知悉截止")),
                    ("raised_to", models.CharField(blank=True, max_length=10, verbose_name="报给")),
                    ("raised_at", models.DateTimeField(null=True, verbose_name="报上时间")),
                    ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                    (
                        "deadline",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reminders",
                            to="petitions.deadline",
                            verbose_name="期限",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "提醒",
                },
            ),
            migrations.CreateModel(
                name="ResponsibilityRule",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                    ("code", models.CharField(max_length=8, verbose_name="代号")),
                    ("article", models.CharField(max_length=20, verbose_name="条")),
                    ("item", models.CharField(blank=True, max_length=20, verbose_name="项")),
                    ("words", models.CharField(max_length=200, verbose_name="情形")),
                    ("mark", models.CharField(max_length=4, verbose_name="可信度")),
                    (
                        "rule_set",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.ruleset",
                            verbose_name="规则集",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "追责情形",
                },
            ),
            migrations.CreateModel(
                name="Responsibility",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("post", models.CharField(max_length=60, verbose_name="责任岗位")),
                    ("person", accounts.privacy.EncryptedTextField(blank=True, verbose_name="责任人员")),
                    ("facts", accounts.privacy.EncryptedTextField(verbose_name="事实")),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                    ("handed_on", models.DateField(null=True, verbose_name="移交日")),
                    (
                        "result",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("none", "不予追究"),
                                ("education", "谈话提醒、批评教育、责令检查"),
                                ("admonition", "诫勉"),
                                ("posts", "组织处理"),
                                ("party", "党纪处分"),
                                ("government", "政务处分"),
                                ("justice", "移送司法机关"),
                            ],
                            max_length=12,
                            verbose_name="处理结果",
                        ),
                    ),
                    ("result_words", accounts.privacy.EncryptedTextField(blank=True, verbose_name="结果说明")),
                    ("result_on", models.DateField(null=True, verbose_name="结果日")),
                    (
                        "handed_by",
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
                            verbose_name="责任单位",
                        ),
                    ),
                    (
                        "proposal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="responsibilities",
                            to="supervision.proposal",
                            verbose_name="追究责任建议",
                        ),
                    ),
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
                        "result_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="supervision.responsibilityrule",
                            verbose_name="情形",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "责任追究记录",
                },
            ),
            migrations.CreateModel(
                name="RoutingDraft",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=60, verbose_name="名称")),
                    ("reason", models.TextField(verbose_name="理由")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "草稿"), ("enabled", "已启用"), ("undone", "已退回"), ("dropped", "已作废")],
                            default="draft",
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="拟稿时间")),
                    ("replayed_at", models.DateTimeField(null=True, verbose_name="试算时间")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="启用、作废时间")),
                    ("undone_at", models.DateTimeField(null=True, verbose_name="退回时间")),
                    ("code", models.CharField(max_length=20, verbose_name="规则代码")),
                    ("rule", models.JSONField(null=True, verbose_name="规则")),
                    ("before", models.JSONField(null=True, verbose_name="试算时的现行规则")),
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
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟稿人",
                        ),
                    ),
                    (
                        "undone_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "分流规则草案",
                },
            ),
            migrations.CreateModel(
                name="ReplayedCase",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "chosen_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "draft_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "live_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.petition",
                        ),
                    ),
                    (
                        "then_organ",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                        ),
                    ),
                    (
                        "of",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="supervision.routingdraft"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "分流试算的件",
                },
            ),
            migrations.CreateModel(
                name="SampledPetition",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("place", models.PositiveSmallIntegerField(verbose_name="名单序号")),
                    ("stratum", models.PositiveSmallIntegerField(verbose_name="所在层")),
                    ("answers", models.JSONField(default=dict, verbose_name="定分")),
                    ("settled_at", models.DateTimeField(null=True, verbose_name="定分时间")),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "抽中的件",
                },
            ),
            migrations.CreateModel(
                name="Reading",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seat", models.PositiveSmallIntegerField(verbose_name="第几位")),
                    ("answers", models.JSONField(default=dict, verbose_name="评查")),
                    ("remark", accounts.privacy.EncryptedTextField(blank=True, verbose_name="评查说明")),
                    ("version", models.PositiveIntegerField(default=0, verbose_name="保存次数")),
                    ("done_at", models.DateTimeField(null=True, verbose_name="交表时间")),
                    (
                        "reader",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="评查人",
                        ),
                    ),
                    (
                        "sampled",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="readings",
                            to="supervision.sampledpetition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "评查表（一人一份）",
                },
            ),
            migrations.CreateModel(
                name="SamplePlan",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                    ("since", models.DateField(verbose_name="了结日自")),
                    ("until", models.DateField(verbose_name="了结日至")),
                    ("by_category", models.BooleanField(default=True, verbose_name="按内容分类分层")),
                    ("by_ending", models.BooleanField(default=True, verbose_name="按了结方式分层")),
                    ("size", models.PositiveSmallIntegerField(verbose_name="抽取件数")),
                    ("least", models.PositiveSmallIntegerField(default=1, verbose_name="每层至少")),
                    ("seed", models.CharField(max_length=60, verbose_name="种子")),
                    ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                    ("population", models.PositiveIntegerField(verbose_name="总体件数")),
                    ("strata", models.JSONField(verbose_name="分层")),
                    ("list_hash", models.CharField(max_length=64, verbose_name="名单指纹")),
                    ("population_hash", models.CharField(max_length=64, verbose_name="总体指纹")),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="评查单位",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="主持人",
                        ),
                    ),
                    (
                        "readers",
                        models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="评查人"),
                    ),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="supervision.qualitysheet",
                            verbose_name="评查表",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "质量评查方案",
                },
            ),
            migrations.AddField(
                model_name="sampledpetition",
                name="plan",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="sampled",
                    to="supervision.sampleplan",
                    verbose_name="方案",
                ),
            ),
            migrations.CreateModel(
                name="Settlement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("item", models.CharField(max_length=12, verbose_name="项目")),
                    (
                        "answer",
                        models.CharField(
                            choices=[("yes", "做到"), ("no", "没有做到"), ("na", "不适用")],
                            max_length=3,
                            verbose_name="定为",
                        ),
                    ),
                    ("reason", accounts.privacy.EncryptedTextField(verbose_name="理由")),
                    ("at", models.DateTimeField(verbose_name="定分时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="定分人",
                        ),
                    ),
                    (
                        "sampled",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="settlements",
                            to="supervision.sampledpetition",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "定分",
                },
            ),
            migrations.CreateModel(
                name="SuggestedStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "opens",
                        models.CharField(
                            choices=supervision.ladder.rungs.Opens.choices, max_length=10, verbose_name="拟开启"
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="列出时间")),
                    (
                        "ended_how",
                        models.CharField(
                            blank=True, choices=[("taken", "已办"), ("left", "不办")], max_length=10, verbose_name="结果"
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="不办的理由")),
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
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggested_steps",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                    (
                        "reminder",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggested",
                            to="supervision.reminder",
                            verbose_name="提醒",
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="责任单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "建议的一步",
                },
            ),
            migrations.CreateModel(
                name="Telling",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("addressee", models.CharField(blank=True, max_length=10, verbose_name="身份")),
                    ("due_at", models.DateTimeField(verbose_name="送达时刻")),
                    (
                        "message",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.outbox",
                            to_field="dedupe_key",
                            verbose_name="消息",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="告知人员",
                        ),
                    ),
                    (
                        "reminder",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tellings",
                            to="supervision.reminder",
                            verbose_name="提醒",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "告知",
                },
            ),
            migrations.CreateModel(
                name="Urging",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("made_at", models.DateTimeField(verbose_name="确认时间")),
                    ("send_at", models.DateTimeField(verbose_name="发出时间")),
                    ("text", accounts.privacy.EncryptedTextField(verbose_name="催办内容")),
                    ("taken_back_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                    ("sent_at", models.DateTimeField(null=True, verbose_name="实际发出时间")),
                    ("urged", models.JSONField(default=list, verbose_name="已催办的编号")),
                    ("refused", models.JSONField(default=list, verbose_name="没有催办的编号与缘由")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="催办人",
                        ),
                    ),
                    (
                        "petitions",
                        models.ManyToManyField(related_name="+", to="petitions.petition", verbose_name="信访事项"),
                    ),
                    (
                        "taken_back_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="撤回人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "待发催办",
                },
            ),
            migrations.CreateModel(
                name="YearFigure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("until", models.DateField(verbose_name="截至")),
                    (
                        "table",
                        models.CharField(
                            choices=[
                                ("received", "登记的信访事项"),
                                ("category", "内容分类"),
                                ("concluded", "办结期限"),
                                ("rated", "满意度评价"),
                            ],
                            max_length=10,
                            verbose_name="表",
                        ),
                    ),
                    ("row", models.CharField(max_length=40, verbose_name="行")),
                    ("column", models.CharField(blank=True, max_length=40, verbose_name="列")),
                    ("n", models.PositiveIntegerField(verbose_name="件数")),
                ],
                options={
                    "verbose_name": "年度数据",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("year", "table", "row", "column"), name="one_number_a_year_and_place"
                        )
                    ],
                },
            ),
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
                    (
                        "organ",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="承办单位",
                        ),
                    ),
                    ("secret", models.BooleanField(verbose_name="保密")),
                    (
                        "accused",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="被检举控告的单位",
                        ),
                    ),
                    ("rule_set_id", models.BigIntegerField(null=True, verbose_name="规则集")),
                    ("next_term", models.CharField(max_length=10, verbose_name="最近期限")),
                    ("next_due_on", models.DateField(null=True, verbose_name="最近届满日")),
                    ("withdrawn", models.BooleanField(verbose_name="提醒已撤销")),
                    ("places", models.TextField(verbose_name="所及辖区")),
                    (
                        "category",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="petitions.category",
                            verbose_name="内容分类",
                        ),
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
                name="ConferenceItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "state",
                        django_fsm.FSMField(
                            choices=[("new", "拟列入"), ("listed", "待议"), ("decided", "已议定")],
                            default="new",
                            max_length=50,
                            protected=True,
                            verbose_name="状态",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="拟上会日")),
                    ("reason", accounts.privacy.EncryptedTextField(verbose_name="列入理由")),
                    ("listed_at", models.DateTimeField(verbose_name="列入时间")),
                    ("held_on", models.DateField(null=True, verbose_name="议定日")),
                    ("decision", accounts.privacy.EncryptedTextField(blank=True, default="", verbose_name="议定事项")),
                    ("due_on", models.DateField(null=True, verbose_name="落实期限")),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="登记时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "listed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="列入人",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="联席会议办公室",
                        ),
                    ),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conference_items",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="责任单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "联席会议议题",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["new", "listed"])),
                            fields=("petition",),
                            name="listed_once_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Custody",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("working", "办理"),
                                ("petitioner", "等待信访人"),
                                ("other", "等待其他单位"),
                                ("paused", "依法停止计时"),
                                ("rest", "无人承办"),
                            ],
                            max_length=10,
                            verbose_name="时间",
                        ),
                    ),
                    ("seconds", models.PositiveBigIntegerField(default=0, verbose_name="秒")),
                    ("running_since", models.DateTimeField(null=True, verbose_name="仍在继续，自")),
                    ("late_days", models.PositiveIntegerField(default=0, verbose_name="逾期日")),
                    ("down_days", models.PositiveIntegerField(default=0, verbose_name="停机期间")),
                    ("read_seq", models.PositiveIntegerField(verbose_name="读到的日志行")),
                    ("read_on", models.DateField(verbose_name="读数日")),
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
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="custodies",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "责任持有",
                    "indexes": [models.Index(fields=["organ", "kind"], name="custody_by_organ")],
                    "constraints": [
                        models.UniqueConstraint(fields=("petition", "organ", "kind"), name="one_custody_per_organ_and_kind")
                    ],
                },
            ),
            migrations.CreateModel(
                name="DayFigures",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("day", models.DateField(verbose_name="日")),
                    ("open", models.PositiveIntegerField(default=0, verbose_name="在办")),
                    ("amber", models.PositiveIntegerField(default=0, verbose_name="黄灯")),
                    ("red", models.PositiveIntegerField(default=0, verbose_name="红灯")),
                    ("overdue_orders", models.PositiveIntegerField(default=0, verbose_name="督办反馈逾期")),
                    ("registered", models.PositiveIntegerField(default=0, verbose_name="当日登记")),
                    ("concluded", models.PositiveIntegerField(default=0, verbose_name="当日办结")),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organ",
                            verbose_name="承办单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "往日的数",
                    "constraints": [models.UniqueConstraint(fields=("day", "office"), name="one_row_per_office_and_day")],
                },
            ),
            migrations.CreateModel(
                name="HollowCheck",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("closing", models.PositiveIntegerField(verbose_name="办结的日志行")),
                    ("closed_on", models.DateField(verbose_name="办结日")),
                    ("signals", models.JSONField(default=list, verbose_name="线索")),
                    ("score", models.FloatField(default=0, verbose_name="分值")),
                    ("by_hand", models.BooleanField(default=False, verbose_name="人工补记")),
                    ("opened_at", models.DateTimeField(verbose_name="列出时间")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "待认定"), ("confirmed", "属虚假办结"), ("dismissed", "不属虚假办结")],
                            default="open",
                            max_length=10,
                            verbose_name="认定",
                        ),
                    ),
                    ("verdict", models.TextField(blank=True, verbose_name="认定理由")),
                    ("verdict_at", models.DateTimeField(null=True, verbose_name="认定时间")),
                    (
                        "petition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="hollow_checks",
                            to="petitions.petition",
                            verbose_name="信访事项",
                        ),
                    ),
                    (
                        "verdict_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="认定人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "虚假办结核查",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "open")), fields=["-score", "-id"], name="open_hollow_checks"
                        ),
                        models.Index(
                            condition=models.Q(("state", "open"), _negated=True),
                            fields=["-verdict_at", "-id"],
                            name="judged_hollow_checks",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("petition", "closing"), name="one_hollow_check_per_closing"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "open"), ("verdict_at", None)),
                                models.Q(
                                    models.Q(("state", "open"), _negated=True),
                                    models.Q(("verdict", ""), _negated=True),
                                    ("verdict_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="a_judged_check_says_why",
                        ),
                    ],
                },
            ),
            migrations.AddIndex(
                model_name="order",
                index=models.Index(
                    condition=models.Q(("state__in", ("issued", "answered", "returned"))),
                    fields=["issuer", "due_on", "id"],
                    name="open_order_issuer",
                ),
            ),
            migrations.AddIndex(
                model_name="order",
                index=models.Index(
                    condition=models.Q(("state__in", ("issued", "answered", "returned"))),
                    fields=["to", "due_on", "id"],
                    name="open_order_to",
                ),
            ),
            migrations.AddIndex(
                model_name="order",
                index=models.Index(condition=models.Q(("state", "closed")), fields=["closed_at"], name="closed_order"),
            ),
            migrations.AddConstraint(
                model_name="evidencepack",
                constraint=models.UniqueConstraint(fields=("order", "number"), name="one_pack_per_number"),
            ),
            migrations.AddIndex(
                model_name="cardgiven",
                index=models.Index(fields=["given_at"], name="cards_by_time"),
            ),
            migrations.AddConstraint(
                model_name="cardgiven",
                constraint=models.UniqueConstraint(fields=("order", "card"), name="each_card_once"),
            ),
            migrations.AddIndex(
                model_name="orderincident",
                index=models.Index(fields=["organ", "-happened_at"], name="incidents_of_organ"),
            ),
            migrations.AddConstraint(
                model_name="outage",
                constraint=models.CheckConstraint(
                    condition=models.Q(("until__gt", models.F("since"))), name="outage_ends_after_it_began"
                ),
            ),
            migrations.AddIndex(
                model_name="proposal",
                index=models.Index(fields=["issuer", "-id"], name="proposals_of_issuer"),
            ),
            migrations.AddIndex(
                model_name="proposal",
                index=models.Index(fields=["to", "-id"], name="proposals_to"),
            ),
            migrations.AddIndex(
                model_name="reminder",
                index=models.Index(
                    condition=models.Q(("answer_by__isnull", False)), fields=["answer_by", "id"], name="reminder_to_answer"
                ),
            ),
            migrations.AddIndex(
                model_name="reminder",
                index=models.Index(
                    condition=models.Q(("withdrawn_at__isnull", False)),
                    fields=["deadline", "due_on"],
                    name="reminder_withdrawn",
                ),
            ),
            migrations.AddConstraint(
                model_name="reminder",
                constraint=models.UniqueConstraint(fields=("deadline", "rung", "due_on"), name="one_reminder_per_rung"),
            ),
            migrations.AddConstraint(
                model_name="replayedcase",
                constraint=models.UniqueConstraint(fields=("of", "petition"), name="one_replay_per_petition"),
            ),
            migrations.AddIndex(
                model_name="reading",
                index=models.Index(condition=models.Q(("done_at", None)), fields=["reader"], name="sheets_to_fill"),
            ),
            migrations.AddConstraint(
                model_name="reading",
                constraint=models.UniqueConstraint(fields=("sampled", "reader"), name="one_sheet_a_reader"),
            ),
            migrations.AddConstraint(
                model_name="reading",
                constraint=models.UniqueConstraint(fields=("sampled", "seat"), name="two_seats_a_petition"),
            ),
            migrations.AddConstraint(
                model_name="reading",
                constraint=models.CheckConstraint(condition=models.Q(("seat__in", (1, 2))), name="two_readers"),
            ),
            migrations.AddIndex(
                model_name="sampleplan",
                index=models.Index(fields=["office", "-drawn_at"], name="plans_of_office"),
            ),
            migrations.AddConstraint(
                model_name="sampledpetition",
                constraint=models.UniqueConstraint(fields=("plan", "petition"), name="drawn_once"),
            ),
            migrations.AddConstraint(
                model_name="sampledpetition",
                constraint=models.UniqueConstraint(fields=("plan", "place"), name="one_place_on_the_list"),
            ),
            migrations.AddConstraint(
                model_name="settlement",
                constraint=models.UniqueConstraint(fields=("sampled", "item"), name="settled_once"),
            ),
            migrations.AddIndex(
                model_name="suggestedstep",
                index=models.Index(condition=models.Q(("ended_how", "")), fields=["made_at", "id"], name="step_waits"),
            ),
            migrations.AddIndex(
                model_name="telling",
                index=models.Index(
                    condition=models.Q(("message", None)), fields=["person", "due_at"], name="telling_waits"
                ),
            ),
            migrations.AddConstraint(
                model_name="telling",
                constraint=models.UniqueConstraint(fields=("reminder", "person"), name="one_telling_per_person"),
            ),
            migrations.AddIndex(
                model_name="urging",
                index=models.Index(
                    condition=models.Q(("sent_at", None), ("taken_back_at", None)), fields=["send_at"], name="urging_waits"
                ),
            ),
        ),
        *counting(),
    ]
