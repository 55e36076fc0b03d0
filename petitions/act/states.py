"""States of a petition, the stage each belongs to, and who owes the next act in each. Stored words only grow."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_noop as _


class State(models.TextChoices):
    REGISTERED = "registered", "已登记"
    FORWARDED = "forwarded", "已转送"
    ASSIGNED = "assigned", "已交办"
    OBJECTED = "objected", "异议审核中"
    DISPUTED = "disputed", "待指定管辖"
    ACCEPTED = "accepted", "办理中"
    STUDYING = "studying", "建议研究中"
    REPORTED = "reported", "检举控告专办"
    IN_PROCEDURE = "in_procedure", "依法定程序办理中"
    SUBMITTED = "submitted", "待督查核查"
    ISSUED = "issued", "已出具待送达"
    CLOSED = "closed", "已办结"
    LED_IN = "led_in", "已导入法定途径"
    REDIRECTED = "redirected", "已告知"
    DECLINED = "declined", "不予受理"
    NOT_AGAIN = "not_again", "不再受理"
    FILED = "filed", "存"
    MERGED = "merged", "已并案"
    SETTLED = "settled", "终结"
    TERMINATED = "terminated", "终止"
    ARCHIVED = "archived", "归档"


class Stage(models.TextChoices):
    """用户的四个环节。"""

    RECEPTION = "reception", "受理"
    HANDLING = "handling", "办理"
    CHECK = "check", "督查"
    CONCLUSION = "conclusion", "办结"


class Owner(models.TextChoices):
    REGISTRAR = "registrar", "登记机构"
    RECEIVER = "receiver", "收到转送的机关"
    SENDER = "sender", "转出机关"
    RULER = "ruler", "裁定机关"
    ORGAN = "organ", "承办机关"
    CHECKER = "checker", "核查岗位"
    NOBODY = "nobody", "无"


@dataclass(frozen=True)
class Owed:
    """Who moves next in a state and what is waited for."""

    owner: Owner
    waiting_for: str


STAGE = {
    State.REGISTERED: Stage.RECEPTION,
    State.FORWARDED: Stage.RECEPTION,
    State.ASSIGNED: Stage.RECEPTION,
    State.OBJECTED: Stage.RECEPTION,
    State.DISPUTED: Stage.RECEPTION,
    State.ACCEPTED: Stage.HANDLING,
    State.STUDYING: Stage.HANDLING,
    State.REPORTED: Stage.HANDLING,
    State.IN_PROCEDURE: Stage.HANDLING,
    State.SUBMITTED: Stage.CHECK,
    State.ISSUED: Stage.CONCLUSION,
    State.CLOSED: Stage.CONCLUSION,
    State.LED_IN: Stage.CONCLUSION,
    State.REDIRECTED: Stage.CONCLUSION,
    State.DECLINED: Stage.CONCLUSION,
    State.NOT_AGAIN: Stage.CONCLUSION,
    State.FILED: Stage.CONCLUSION,
    State.MERGED: Stage.CONCLUSION,
    State.SETTLED: Stage.CONCLUSION,
    State.TERMINATED: Stage.CONCLUSION,
    State.ARCHIVED: Stage.CONCLUSION,
}

OWES = {
    State.REGISTERED: Owed(Owner.REGISTRAR, "甄别分流"),
    State.FORWARDED: Owed(Owner.RECEIVER, "受理告知"),
    State.ASSIGNED: Owed(Owner.RECEIVER, "受理告知"),
    State.OBJECTED: Owed(Owner.SENDER, "审核异议"),
    State.DISPUTED: Owed(Owner.RULER, "指定管辖"),
    State.ACCEPTED: Owed(Owner.ORGAN, "调查办理、起草意见"),
    State.STUDYING: Owed(Owner.ORGAN, "研究论证、答复"),
    State.REPORTED: Owed(Owner.ORGAN, "专岗办理"),
    State.IN_PROCEDURE: Owed(Owner.ORGAN, "依法履职、作出答复"),
    State.SUBMITTED: Owed(Owner.CHECKER, "督查核查"),
    State.ISSUED: Owed(Owner.ORGAN, "送达"),
    State.CLOSED: Owed(Owner.NOBODY, ""),
    State.LED_IN: Owed(Owner.NOBODY, ""),
    State.REDIRECTED: Owed(Owner.NOBODY, ""),
    State.DECLINED: Owed(Owner.NOBODY, ""),
    State.NOT_AGAIN: Owed(Owner.NOBODY, ""),
    State.FILED: Owed(Owner.NOBODY, ""),
    State.MERGED: Owed(Owner.NOBODY, ""),
    State.SETTLED: Owed(Owner.NOBODY, ""),
    State.TERMINATED: Owed(Owner.NOBODY, ""),
    State.ARCHIVED: Owed(Owner.NOBODY, ""),
}

# somebody still owes an act
OPEN = tuple(state for state, owed in OWES.items() if owed.owner is not Owner.NOBODY)
# no lawful way back, but for the file cabinet, and for a request of review that was posted in time or has an excuse
FINAL = (State.SETTLED, State.TERMINATED, State.NOT_AGAIN, State.FILED, State.ARCHIVED)
RESTING = tuple(state for state in State if state not in OPEN and state not in FINAL)
# before anyone has decided whether to take it up
UNDECIDED = (State.REGISTERED, State.FORWARDED, State.ASSIGNED)
# 建议、检举控告、本机关自己的法定程序各走各的路，以答复了结
APART = (State.STUDYING, State.REPORTED, State.IN_PROCEDURE)
# the work is done, one way or another: what came of it can be reported
ENDED = (
    State.ISSUED,
    State.CLOSED,
    State.LED_IN,
    State.REDIRECTED,
    State.DECLINED,
    State.SETTLED,
    State.TERMINATED,
)
# an organ is at work on it
AT_WORK = (State.ACCEPTED, *APART, State.SUBMITTED)


class Kind(models.TextChoices):
    """三类事项与咨询（第二十九至三十一条）。"""

    APPEAL = "appeal", _("申诉求决")
    SUGGESTION = "suggestion", _("建议意见")
    REPORT = "report", _("检举控告")
    INQUIRY = "inquiry", _("咨询")


class LegalPath(models.TextChoices):
    """法定途径：第三十一条六分支，及第二十九、三十条。"""

    LITIGATION = "31-1", "诉讼、复议等法定程序（第三十一条第一项）"
    ARBITRATION = "31-2", "仲裁（第三十一条第二项）"
    PARTY_APPEAL = "31-3", "党员申诉、申请复审等（第三十一条第三项）"
    ADMINISTRATIVE = "31-4", "行政复议、裁决、许可等行政程序（第三十一条第四项）"
    DUTY = "31-5", "申请查处违法、履行法定职责（第三十一条第五项）"
    PETITION = "31-6", "信访程序（第三十一条第六项）"
    SUGGESTION = "29", "建议意见（第二十九条）"
    REPORT = "30", "检举控告（第三十条）"


class Procedure(models.TextChoices):
    """办理程序（《信访事项简易办理办法（试行）》）。"""

    NORMAL = "normal", "普通程序"
    SUGGESTED = "suggested", "建议简易办理"
    SIMPLE = "simple", "简易程序"


class Channel(models.TextChoices):
    """信访形式（rules §5.3）。"""

    VISIT = "visit", _("来访")
    LETTER = "letter", _("来信")
    CALL = "call", _("来电")
    WEB = "web", _("网上")


class Finding(models.TextChoices):
    """对每项诉求的结论（第三十二条）。"""

    SUPPORT = "support", "支持"
    PARTIAL = "partly", "部分支持"
    EXPLAIN = "explain", "解释说明"
    REJECT = "not_support", "不支持"


class ActorKind(models.TextChoices):
    USER = "user", "工作人员"
    PETITIONER = "petitioner", "信访人"
    SYSTEM = "system", "系统"
    CLIENT = "client", "外部系统"
