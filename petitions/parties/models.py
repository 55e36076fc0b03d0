"""信访人：跨件的人（Person）与一件中的人（Party）。个人信息分开加密存放，以键控散列查找。"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop as _

from accounts.privacy import EncryptedTextField, keyed_hash, mask_address, mask_id, mask_phone
from petitions.intake.models import Submission
from petitions.parties.address_keys import address_key
from petitions.service.rating import rating_scope


class RevealQuerySet(models.QuerySet):
    def open_to(self, user, day):
        """Without those made for a call-back whose rating the user may not see."""
        return self.filter(models.Q(call_back=None) | rating_scope.seen_by(user, day, "call_back__rating__"))


class Person(models.Model):
    """Somebody, natural or organisation, known by the hash of an identity or phone number. No scores, ever."""

    class Kind(models.TextChoices):
        NATURAL = "natural", "自然人"
        ORGANISATION = "organisation", "法人或其他组织"

    kind = models.CharField("类型", max_length=12, choices=Kind.choices, default=Kind.NATURAL)
    name = models.CharField("姓名（名称）", max_length=120)
    id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="已认定为同一人"
    )

    class Meta:
        verbose_name = "信访人"
        constraints = [
            models.UniqueConstraint(fields=["id_hash"], condition=~models.Q(id_hash=""), name="one_person_per_identity")
        ]

    def __str__(self):
        return self.name

    @property
    def as_known(self) -> "Person":
        """The record that stands for the person: this one, or the one it was ruled to be the same as."""
        return self.joined_into or self


class Masked:
    """证件号、电话、住址在屏幕上只露头尾；看全的要留记录。"""

    @property
    def masked_id(self) -> str:
        return mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def masked_address(self) -> str:
        return mask_address(self.address)


class Party(Masked, models.Model):
    """A person in one submission, with their own query code and their own clocks."""

    class Role(models.TextChoices):
        LEAD = "lead", "信访人"
        REPRESENTATIVE = "representative", "代表"
        AGENT = "agent", "代理人"
        GUARDIAN = "guardian", "监护人"
        JOINT = "joint", "联名人"

    class IdStatus(models.TextChoices):
        VERIFIED = "verified", "已核验"
        STATED = "stated", "自述未核验"
        NONE = "none", "无证件"
        MISMATCH = "mismatch", "证件不符"

    ORGANISATION_CODE = "uscc"  # 统一社会信用代码：法人、其他组织的“证件类型”

    class Standing(models.TextChoices):
        PRESENT = "present", _("在册")
        WITHDRAWN = "withdrawn", _("已撤回")
        DECEASED = "deceased", _("已死亡")
        RELEASED = "released", _("已解除")

    class Assumed(models.TextChoices):
        """E41：所称姓名不是本人的。"""

        ALIAS = "alias", "化名"
        BORROWED = "borrowed", "冒用他人姓名"

    class Origin(models.TextChoices):
        """国籍或者港澳台身份（第四十八条）。"""

        MAINLAND = "CHN", "中国内地"
        HONG_KONG = "HKG", "中国香港"
        MACAO = "MAC", "中国澳门"
        TAIWAN = "TWN", "中国台湾"
        FOREIGN = "foreign", "外国"
        STATELESS = "stateless", "无国籍"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="parties", verbose_name="来件")
    person = models.ForeignKey(Person, models.PROTECT, related_name="parties", verbose_name="人")
    role = models.CharField("身份", max_length=15, choices=Role.choices, default=Role.LEAD)
    position = models.PositiveSmallIntegerField("序", default=1)
    name = models.CharField("姓名（名称）", max_length=120)
    sex = models.CharField("性别", max_length=2, blank=True)
    birth_year = models.PositiveSmallIntegerField("出生年", null=True, blank=True)
    id_status = models.CharField("证件核验", max_length=10, choices=IdStatus.choices, default=IdStatus.STATED)
    id_type = models.CharField("证件类型", max_length=10, default="111")
    id_number = EncryptedTextField("证件号", blank=True, default="")
    id_hash = models.CharField(max_length=64, blank=True, editable=False)
    phone = EncryptedTextField("手机", blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, editable=False)
    address = EncryptedTextField("住址", blank=True, default="")
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    delivery_address = EncryptedTextField("送达地址", blank=True, default="")
    e_delivery = models.BooleanField("同意电子送达", default=False)
    name_withheld = models.BooleanField("申请姓名保密", default=False)
    interest = models.CharField("与事项关系", max_length=60, blank=True)
    assumed = models.CharField("化名、冒名", max_length=10, choices=Assumed.choices, blank=True)
    origin = models.CharField("国籍或地区", max_length=10, choices=Origin.choices, default=Origin.MAINLAND)
    nationality = models.CharField("国籍（国名）", max_length=40, blank=True)
    standing = models.CharField("在册情况", max_length=10, choices=Standing.choices, default=Standing.PRESENT)
    left_on = models.DateField("退出日", null=True, blank=True)
    acts_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="agents", verbose_name="代理、监护谁"
    )
    authority = models.CharField("授权、监护文书", max_length=80, blank=True)
    special_powers = models.BooleanField("特别授权", default=False)
    authority_until = models.DateField("授权至", null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="承继谁"
    )
    query_code = EncryptedTextField("查询码", blank=True, default="")
    query_hash = models.CharField(max_length=64, blank=True, editable=False)
    pin = EncryptedTextField("查询口令", blank=True, default="")

    class Meta:
        verbose_name = "当事人"
        indexes = [
            models.Index(fields=["id_hash"], name="party_id_hash", condition=~models.Q(id_hash="")),
            models.Index(fields=["phone_hash"], name="party_phone_hash", condition=~models.Q(phone_hash="")),
            models.Index(fields=["address_hash"], name="party_address_hash", condition=~models.Q(address_hash="")),
            models.Index(fields=["name"], name="party_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["query_hash"], condition=~models.Q(query_hash=""), name="one_query_code")
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.hash_keys()
        super().save(*args, **kwargs)

    def hash_keys(self):
        """Refresh what the party is found by; called before every write (bulk writers call it themselves)."""
        self.id_hash = keyed_hash(self.id_number.upper())
        self.phone_hash = keyed_hash(self.phone)
        self.address_hash = address_key(self.address)
        self.query_hash = keyed_hash(self.query_code)

    @property
    def is_present(self) -> bool:
        """Whether letters still go to them: neither withdrawn, nor dead, nor released."""
        return self.standing == Party.Standing.PRESENT

    @property
    def petitions_too(self) -> bool:
        """Whether they petition in their own name, not for somebody else."""
        return self.role not in (Party.Role.AGENT, Party.Role.GUARDIAN)

    @property
    def shown_name(self) -> str:
        """What outward papers and lists may show: a withheld name is a surname and a star."""
        return f"{self.name[:1]}**" if self.name_withheld and self.name else self.name

    @property
    def posts_to(self) -> str:
        """Where letters go: the address given for service, else the home; empty where neither is known."""
        return self.delivery_address or self.address


class Reveal(models.Model):
    """每一次查看完整个人信息：谁、何时、哪一项、为什么。只增不改。"""

    party = models.ForeignKey(Party, models.PROTECT, related_name="reveals")
    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="reveals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    field = models.CharField("项目", max_length=20)
    reason = models.CharField("事由", max_length=100)
    at = models.DateTimeField("时间")
    call_back = models.ForeignKey("petitions.CallBack", models.PROTECT, null=True, related_name="+")

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = "查看记录"
        indexes = [models.Index(fields=["petition", "-at"], name="reveal_by_petition")]


class Correction(models.Model):
    """更正前后：哪一项、改前、改后。内容加密另存，日志只记改了哪几项。只增不改。"""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="corrections")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="corrections", verbose_name="当事人")
    seq = models.PositiveIntegerField("日志行")
    field = models.CharField("项目", max_length=20)
    before = EncryptedTextField("改前", blank=True, default="")
    after = EncryptedTextField("改后", blank=True, default="")

    class Meta:
        verbose_name = "登记更正"
        constraints = [
            models.UniqueConstraint(fields=["petition", "seq", "field"], name="one_correction_per_line_and_field")
        ]


class Withdrawal(models.Model):
    """撤回：谁、哪一天、撤回多少、今后是否再提（F16）。原因加密。"""

    class Scope(models.TextChoices):
        ALL = "all", "全部诉求"
        PART = "part", "部分诉求"

    class Again(models.TextChoices):
        NO = "no", "不再提出"
        MAYBE = "maybe", "情况变化时可能再提"
        UNSAID = "unsaid", "未表示"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="withdrawals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="withdrawals", verbose_name="撤回人")
    seq = models.PositiveIntegerField("日志行")
    on = models.DateField("申请日")
    scope = models.CharField("撤回范围", max_length=6, choices=Scope.choices)
    claims = models.JSONField("撤回的诉求序号", default=list, blank=True)
    reason = EncryptedTextField("原因")
    again = models.CharField("今后是否再提", max_length=8, choices=Again.choices)

    class Meta:
        verbose_name = "撤回记录"
