"""All tables of accounts as they stand after 0009_reception_hours; an older database goes the old way, step by step."""

import accounts.models.user
import datetime
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import rulebook.acts
from django.conf import settings
from django.db import migrations, models

from rulebook.migrations._tables import Tables
from accounts.migrations._guards import CREATE, DROP


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_append_only"),
        ("accounts", "0003_saved_view"),
        ("accounts", "0004_disputes"),
        ("accounts", "0005_phrases"),
        ("accounts", "0006_receipts"),
        ("accounts", "0007_asked_exports"),
        ("accounts", "0008_board_views"),
        ("accounts", "0009_reception_hours"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Role",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=30, unique=True, verbose_name="代码")),
                    ("name", models.CharField(max_length=50, verbose_name="名称")),
                    ("level", models.CharField(blank=True, max_length=10, verbose_name="层级")),
                ],
                options={
                    "verbose_name": "角色",
                },
            ),
            migrations.CreateModel(
                name="Organ",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=20, unique=True, verbose_name="机构代码")),
                    ("name", models.CharField(max_length=100, verbose_name="全称")),
                    ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                    ("letter_code", models.CharField(blank=True, max_length=10, verbose_name="机关代字")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("government", "人民政府"),
                                ("petition_office", "信访部门"),
                                ("bureau", "政府工作部门"),
                                ("street", "街道办事处"),
                                ("town", "乡镇人民政府"),
                                ("section", "科室（队、所）"),
                                ("community", "社区（村）"),
                                ("vertical", "垂直管理机关"),
                                ("discipline", "纪检监察机关"),
                                ("political_legal", "政法机关"),
                                ("party", "党委部门"),
                                ("enterprise", "国有企事业单位"),
                            ],
                            max_length=20,
                            verbose_name="性质",
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("city", "市级"),
                                ("district", "区级"),
                                ("street", "街道乡镇级"),
                                ("section", "科室社区级"),
                            ],
                            max_length=10,
                            verbose_name="层级",
                        ),
                    ),
                    ("path", models.CharField(editable=False, max_length=255, unique=True, verbose_name="路径")),
                    ("territory", models.CharField(blank=True, db_index=True, max_length=20, verbose_name="辖区代码")),
                    (
                        "function",
                        models.CharField(
                            blank=True, help_text="分流规则按职能找单位，如“住建”“人社”", max_length=40, verbose_name="职能"
                        ),
                    ),
                    ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                    ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                    ("hours", models.CharField(blank=True, max_length=80, verbose_name="接待时间")),
                    ("transport", models.CharField(blank=True, max_length=120, verbose_name="怎么去")),
                    ("valid_from", models.DateField(default=datetime.date(2022, 5, 1), verbose_name="起用日")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                    (
                        "registered_on",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="录入时间"
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sections",
                            to="accounts.organ",
                            verbose_name="所属单位",
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="subordinates",
                            to="accounts.organ",
                            verbose_name="上级",
                        ),
                    ),
                    (
                        "recheck_organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rechecks",
                            to="accounts.organ",
                            verbose_name="复核机关",
                        ),
                    ),
                    (
                        "review_organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reviews",
                            to="accounts.organ",
                            verbose_name="复查机关",
                        ),
                    ),
                    (
                        "successor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="predecessors",
                            to="accounts.organ",
                            verbose_name="职权承继单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "机构",
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    (
                        "username",
                        models.CharField(
                            error_messages={"unique": "A user with that username already exists."},
                            help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                            max_length=150,
                            unique=True,
                            validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                            verbose_name="username",
                        ),
                    ),
                    ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                    ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                    (
                        "is_staff",
                        models.BooleanField(
                            default=False,
                            help_text="Designates whether the user can log into this admin site.",
                            verbose_name="staff status",
                        ),
                    ),
                    (
                        "is_active",
                        models.BooleanField(
                            default=True,
                            help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                            verbose_name="active",
                        ),
                    ),
                    ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                    ("name", models.CharField(max_length=50, verbose_name="姓名")),
                    ("phone", models.CharField(blank=True, max_length=40, verbose_name="办公电话")),
                    ("must_change_password", models.BooleanField(default=False, verbose_name="首次登录须改密码")),
                    ("single_keys", models.BooleanField(default=True, verbose_name="启用单键快捷键")),
                    ("big_text", models.BooleanField(default=False, verbose_name="大字版")),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "用户",
                },
                managers=[
                    ("objects", accounts.models.user.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name="Outbox",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("dedupe_key", models.CharField(max_length=120, unique=True, verbose_name="去重键")),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("in_app", "站内消息"),
                                ("mail", "电子邮件"),
                                ("sms", "短信"),
                                ("webhook", "政务即时通讯"),
                            ],
                            default="in_app",
                            max_length=10,
                            verbose_name="渠道",
                        ),
                    ),
                    ("text", models.CharField(max_length=300, verbose_name="内容")),
                    ("url", models.CharField(blank=True, max_length=200, verbose_name="链接")),
                    ("created_at", models.DateTimeField(verbose_name="写入时间")),
                    ("not_before", models.DateTimeField(verbose_name="不早于")),
                    ("receipt", models.BooleanField(default=False, verbose_name="须知悉")),
                    ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")),
                    ("sent_at", models.DateTimeField(null=True, verbose_name="发出时间")),
                    ("dead", models.BooleanField(default=False, verbose_name="已放弃")),
                    ("last_error", models.CharField(blank=True, max_length=200, verbose_name="最近一次失败")),
                    (
                        "recipient",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="收件人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "待发消息",
                },
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("text", models.CharField(max_length=300, verbose_name="内容")),
                    ("url", models.CharField(blank=True, max_length=200, verbose_name="链接")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("receipt", models.BooleanField(default=False, verbose_name="须知悉")),
                    ("acknowledged_at", models.DateTimeField(null=True, verbose_name="知悉时间")),
                    ("read_at", models.DateTimeField(null=True, verbose_name="已读时间")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notices",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="收件人",
                        ),
                    ),
                    (
                        "outbox",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notice",
                            to="accounts.outbox",
                            verbose_name="来源",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "站内消息",
                },
            ),
            migrations.CreateModel(
                name="Phrase",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=20, verbose_name="名称")),
                    ("body", models.TextField(max_length=1000, verbose_name="文字")),
                    ("written_at", models.DateTimeField(verbose_name="最后修改时间")),
                    (
                        "organ",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="phrases",
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="最后修改人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "常用概况",
                    "ordering": ["name", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Post",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=60, verbose_name="岗位名称")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="posts",
                            to="accounts.organ",
                            verbose_name="单位",
                        ),
                    ),
                    (
                        "role",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="posts",
                            to="accounts.role",
                            verbose_name="角色",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "岗位",
                },
            ),
            migrations.CreateModel(
                name="Delegation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("since", models.DateField(verbose_name="起")),
                    ("until", models.DateField(verbose_name="止")),
                    ("reason", models.CharField(max_length=100, verbose_name="事由")),
                    ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="提前终止时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegations_given",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="委托人",
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegations_held",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="代理人",
                        ),
                    ),
                    (
                        "post",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegations",
                            to="accounts.post",
                            verbose_name="被代理岗位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "代理",
                },
            ),
            migrations.CreateModel(
                name="Appointment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("since", models.DateField(verbose_name="任职日")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="离任日")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="appointments",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="人员",
                        ),
                    ),
                    (
                        "post",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appointments",
                            to="accounts.post",
                            verbose_name="岗位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "任职",
                },
            ),
            migrations.CreateModel(
                name="Grant",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("act", models.CharField(choices=rulebook.acts.Act.choices, max_length=30, verbose_name="行为")),
                    (
                        "relation",
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
                    (
                        "reach",
                        models.CharField(
                            choices=[
                                ("self", "本人"),
                                ("post", "本岗"),
                                ("own", "本单位"),
                                ("subtree", "本单位及下级"),
                                ("territory", "本辖区"),
                                ("city", "全市"),
                            ],
                            max_length=10,
                            verbose_name="范围",
                        ),
                    ),
                    (
                        "role",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="grants",
                            to="accounts.role",
                            verbose_name="角色",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "授权",
                },
            ),
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "place",
                        models.CharField(
                            choices=[("cases", "信访件"), ("board", "督查督办")],
                            default="cases",
                            max_length=6,
                            verbose_name="清单",
                        ),
                    ),
                    ("name", models.CharField(max_length=12, verbose_name="名称")),
                    ("query", models.CharField(max_length=400, verbose_name="筛选条件")),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_views",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="用户",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "已存视图",
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="AccountEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "what",
                        models.CharField(
                            choices=[
                                ("created", "新建用户"),
                                ("changed", "修改用户"),
                                ("disabled", "停用用户"),
                                ("enabled", "启用用户"),
                                ("reset", "重置密码"),
                                ("password", "本人改密码"),
                                ("appointed", "任职变动"),
                                ("delegated", "设置代理"),
                                ("imported", "批量导入"),
                                ("signed_in", "登录"),
                                ("locked", "多次失败锁定"),
                                ("resent", "重发消息"),
                                ("exported", "导出清单"),
                                ("export_asked", "报请导出个人信息"),
                                ("export_allowed", "批准导出个人信息"),
                                ("export_refused", "不批准导出个人信息"),
                            ],
                            max_length=20,
                            verbose_name="事项",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("details", models.JSONField(default=dict, verbose_name="明细")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="account_events",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "账户记录",
                    "indexes": [models.Index(fields=["user", "-at"], name="account_event_user")],
                },
            ),
            migrations.AddIndex(
                model_name="organ",
                index=models.Index(fields=["path"], name="organ_path_prefix", opclasses=["varchar_pattern_ops"]),
            ),
            migrations.AddIndex(
                model_name="outbox",
                index=models.Index(
                    condition=models.Q(("dead", False), ("sent_at", None)),
                    fields=["not_before", "id"],
                    name="outbox_to_send",
                ),
            ),
            migrations.AddIndex(
                model_name="outbox",
                index=models.Index(condition=models.Q(("dead", True)), fields=["id"], name="outbox_dead"),
            ),
            migrations.AddIndex(
                model_name="notice",
                index=models.Index(condition=models.Q(("read_at", None)), fields=["user", "-at"], name="notice_unread"),
            ),
            migrations.AddConstraint(
                model_name="phrase",
                constraint=models.UniqueConstraint(fields=("organ", "name"), name="one_phrase_per_name"),
            ),
            migrations.AddConstraint(
                model_name="delegation",
                constraint=models.CheckConstraint(
                    condition=models.Q(("until__gte", models.F("since"))), name="delegation_ends_after_it_starts"
                ),
            ),
            migrations.AddIndex(
                model_name="appointment",
                index=models.Index(fields=["user", "since"], name="appointment_user"),
            ),
            migrations.AddConstraint(
                model_name="post",
                constraint=models.UniqueConstraint(fields=("organ", "role", "title"), name="one_post_per_title"),
            ),
            migrations.AddConstraint(
                model_name="grant",
                constraint=models.UniqueConstraint(
                    fields=("role", "act", "relation", "reach"), name="one_grant_per_sentence"
                ),
            ),
            migrations.AddConstraint(
                model_name="savedview",
                constraint=models.UniqueConstraint(fields=("user", "place", "name"), name="one_view_per_name"),
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
