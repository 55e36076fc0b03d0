"""接口里来去的东西长什么样：给 OpenAPI 看的说明；数据本身由 reading、acting 写出。"""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from desk.bulk_import.columns import FIELDS, LONGEST
from desk.bulk_import.mapping import SOURCE_LENGTH


class Refusal(serializers.Serializer):
    """没有办成。与按钮旁、页面上是同一句话。"""

    refused = serializers.CharField(label="整体的理由", allow_blank=True)
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), label="逐栏的理由")


class Detail(serializers.Serializer):
    """进不来、看不见、无职权。"""

    detail = serializers.CharField(label="一句话")


class Row(serializers.Serializer):
    """清单的一行；个人信息已遮盖。"""

    number = serializers.CharField(label="编号")
    title = serializers.CharField(label="概况")
    state = serializers.CharField(label="状态")
    lamp = serializers.CharField(label="灯", help_text="r 红 y 黄 g 绿，空为没有运行的期限", allow_blank=True)
    days_left = serializers.IntegerField(label="剩余天数（自然日）", allow_null=True)
    due_on = serializers.DateField(label="届满日", allow_null=True)
    party = serializers.CharField(label="信访人")
    channel = serializers.CharField(label="信访形式")
    group = serializers.BooleanField(label="集体访")
    category = serializers.CharField(label="内容分类", allow_blank=True)
    organ = serializers.CharField(label="承办单位（科室）")
    handler = serializers.CharField(label="承办人", allow_blank=True)
    updated_at = serializers.DateTimeField(label="最近办理")
    under_order = serializers.BooleanField(label="督办中")
    confidential = serializers.BooleanField(label="保密")


class ListPage(serializers.Serializer):
    """一页。翻页按键值，用 next、previous 给出的地址。"""

    results = Row(many=True)
    next = serializers.CharField(label="下一页", allow_null=True)
    previous = serializers.CharField(label="上一页", allow_null=True)


class Code(serializers.Serializer):
    code = serializers.CharField(label="代码", allow_blank=True)
    label = serializers.CharField(label="名称", allow_blank=True)


class ClaimShape(serializers.Serializer):
    number = serializers.IntegerField(label="序")
    text = serializers.CharField(label="诉求")
    finding = serializers.CharField(label="结论", allow_blank=True)
    answer = serializers.CharField(label="处理意见", allow_blank=True)


class PartyShape(serializers.Serializer):
    role = serializers.CharField(label="身份")
    name = serializers.CharField(label="姓名（申请保密的只显示姓）")
    id_number = serializers.CharField(label="证件号（遮盖）", allow_blank=True)
    id_status = serializers.CharField(label="证件核验")
    phone = serializers.CharField(label="电话（遮盖）", allow_blank=True)
    address = serializers.CharField(label="住址（遮盖）", allow_blank=True)


class DeadlineShape(serializers.Serializer):
    term = serializers.CharField(label="期限")
    label = serializers.CharField(label="名称")
    article = serializers.CharField(label="依据")
    starts_on = serializers.DateField(label="起算日")
    due_on = serializers.DateField(label="届满日")
    met_on = serializers.DateField(label="完成日", allow_null=True)
    ended = serializers.CharField(label="结果", allow_blank=True)


class LineShape(serializers.Serializer):
    seq = serializers.IntegerField(label="序号")
    act = serializers.CharField(label="行为")
    sentence = serializers.CharField(label="一句话")
    at = serializers.DateTimeField(label="发生时间")
    by = serializers.CharField(label="行为人")
    organ = serializers.CharField(label="单位", allow_blank=True)
    note = serializers.CharField(label="说明（号码已遮盖）", allow_blank=True)
    backfilled = serializers.BooleanField(label="补录")


class FieldShape(serializers.Serializer):
    """办理动作的一栏。"""

    name = serializers.CharField(label="栏目")
    label = serializers.CharField(label="名称")
    kind = serializers.CharField(label="写法", help_text="text、date、number、yes_no、choice")
    required = serializers.BooleanField(label="必填")
    help = serializers.CharField(label="说明", allow_blank=True)
    choices = Code(many=True, label="可选")


class ActShape(serializers.Serializer):
    """一个办理动作：现在能不能办，不能办为什么。"""

    act = serializers.CharField(label="行为")
    label = serializers.CharField(label="按钮上的字")
    open = serializers.BooleanField(label="现在可办")
    refused = serializers.CharField(label="为什么不能办", allow_blank=True)
    url = serializers.CharField(label="办理地址")


class ActForm(ActShape):
    """一个办理动作的全部栏目。"""

    article = serializers.CharField(label="依据", allow_blank=True)
    effect = serializers.CharField(label="对期限的影响", allow_blank=True)
    inputs = FieldShape(many=True, label="栏目")


class PetitionShape(serializers.Serializer):
    """一件信访事项的全部；个人信息已遮盖，完整信息只在网页上写明事由后查看。"""

    number = serializers.CharField(label="编号")
    seq = serializers.IntegerField(label="日志已到第几行", help_text="办理时原样带回，别人抢先办了就答 409")
    title = serializers.CharField(label="概况")
    kind = Code(label="类别")
    state = Code(label="状态")
    stage = Code(label="环节")
    path = Code(label="法定途径")
    channel = Code(label="信访形式")
    category = serializers.CharField(label="内容分类", allow_blank=True)
    place = serializers.CharField(label="发生地", allow_blank=True)
    organ = serializers.CharField(label="承办机关")
    handler = serializers.CharField(label="承办人", allow_blank=True)
    holder = serializers.CharField(label="现由谁负责", allow_blank=True)
    waiting_for = serializers.CharField(label="等待", allow_blank=True)
    received_on = serializers.DateField(label="收到日")
    registered_at = serializers.DateTimeField(label="登记时间")
    due_on = serializers.DateField(label="最近届满日", allow_null=True)
    due_term = serializers.CharField(label="最近期限", allow_blank=True)
    confidential = serializers.BooleanField(label="保密")
    external_source = serializers.CharField(label="外部来源", allow_blank=True)
    external_id = serializers.CharField(label="外部编号", allow_blank=True)
    words_title = serializers.CharField(label="原话还是摘录")
    words = serializers.CharField(label="原话或摘录（号码已遮盖）")
    claims = ClaimShape(many=True, label="诉求")
    parties = PartyShape(many=True, label="信访人")
    deadlines = DeadlineShape(many=True, label="期限")
    log = LineShape(many=True, label="办理过程")
    acts = ActShape(many=True, label="现在可办")


class Told(serializers.Serializer):
    """办理动作的栏目，按 GET 给出的名字写；seq 是读到的日志行数，service 是要送达的文书，task 是哪项落实任务。"""

    seq = serializers.IntegerField(required=False)
    service = serializers.IntegerField(required=False)
    task = serializers.IntegerField(required=False)


class Done(serializers.Serializer):
    """办成了什么。办成后无权再看的，petition 为空。"""

    done = serializers.CharField(label="一句话")
    waits_for_approval = serializers.BooleanField(label="已报请，等待批准")
    numbers = serializers.ListField(child=serializers.CharField(), label="拆分出的新编号")
    petition = PetitionShape(allow_null=True)


def _field(name: str, label: str):
    return serializers.CharField(label=label, required=name == "text", allow_blank=True, max_length=LONGEST.get(name))


# 登记一件：与批量导入同一张栏目表，同样的写法；收到日不写即今天
NewPetition = inline_serializer(
    "NewPetition",
    {
        "external_source": serializers.CharField(label="外部来源", required=False, max_length=SOURCE_LENGTH),
        **{name: _field(name, label) for name, label in FIELDS.items()},
    },
)
