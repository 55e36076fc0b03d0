"""The Regulation's time limits (《信访工作条例》) and the house's own, one row each, each citing what it stands on.

Pure. A city pack may shorten a statutory length, never lengthen it; everything else on a row belongs to the State.
The D-numbers are the ones the field uses; the I-rows and SV are 内控 and never printed on a letter.
"""

from dataclasses import dataclass
from enum import StrEnum

from rulebook.acts import Act


class Unit(StrEnum):
    """How a length is counted: 自然日 counts every day, 工作日 skips rest days and counts 调休上班 days."""

    label: str

    def __new__(cls, code: str, label: str) -> "Unit":
        unit = str.__new__(cls, code)
        unit._value_, unit.label = code, label
        return unit

    DAY = "day", "日"
    WORKING_DAY = "working_day", "个工作日"


class Scope(StrEnum):
    """What a clock is about. Its start and its end must name the same one."""

    PETITION = "petition"
    LEG = "leg"
    SERVICE = "service"
    PROCEEDING = "proceeding"
    ORDER = "order"


class Kind(StrEnum):
    """A duty not met becomes overdue; a right not used lapses without a word; an internal term is the house's own."""

    label: str

    def __new__(cls, code: str, label: str) -> "Kind":
        kind = str.__new__(cls, code)
        kind._value_, kind.label = code, label
        return kind

    DUTY = "duty", "法定义务"
    RIGHT = "right", "权利期限"
    INTERNAL = "internal", "内控"


class Certainty(StrEnum):
    """How sure the row is: read in the text, known, doubtful, a design choice, or by analogy with another law."""

    SOURCE = "源"
    KNOWN = "知"
    DOUBTFUL = "疑"
    DESIGNED = "设"
    ANALOGY = "参照"


PETITION_OFFICE = "petition_office"  # 党委和政府信访部门
OTHER_ORGAN = "other"  # 其他机关、单位，含街道、乡镇
ANY_ORGAN = "any"
PETITION_PATH = "31-6"  # 第三十一条第六项：唯一适用60日的途径
OPINION = "F12"  # 信访处理意见书：唯一引起复查权的文书


@dataclass(frozen=True, kw_only=True)
class Term:
    """One time limit.

    `length` counts `unit`s; None means the day is appointed in the act that starts it (指定期限), and an
    `appointed` term with a length lets the act appoint another day. `starts` is empty on a row that no act of
    today's vocabulary starts: such a row answers `derive` and is never folded into a deadline.

    The conditions are a closed set, asked of the starting happening's facts: `applies_to` against `organ_kind`,
    `path` against `path`, `letter` against `letter`, and `competent_leg` wants a lead leg that was forwarded or
    assigned (`leg_kind`, `leg_role`). A `letter` is asked of an ending 送达 as well.

    An end must name the same subject as the start; the acts in `petition_wide` end the clocks of every subject
    when they name none. `met_if_told` holds acts that meet the term only if the petitioner was told in the same
    act (`notified`).
    """

    code: str
    label: str
    article: str
    certainty: Certainty
    scope: Scope
    kind: Kind
    length: int | None
    unit: Unit = Unit.DAY
    appointed: bool = False
    starts: frozenset[Act] = frozenset()
    met_by: frozenset[Act] = frozenset()
    met_if_told: frozenset[Act] = frozenset()
    voided_by: frozenset[Act] = frozenset()
    lapsed_by: frozenset[Act] = frozenset()
    petition_wide: frozenset[Act] = frozenset()
    extension: int = 0
    rolls: bool = False
    hearing_excluded: bool = False
    applies_to: str = ANY_ORGAN
    path: str | None = None
    letter: str | None = None
    competent_leg: bool = False
    source: str = ""

    @property
    def is_folded(self) -> bool:
        """Whether acts of today's vocabulary start this clock."""
        return bool(self.starts)

    @property
    def period(self) -> str:
        """The length in the words of a sentence: 15日, 5个工作日, 指定期限."""
        return "指定期限" if self.length is None else f"{self.length}{self.unit.label}"


def _acts(*acts: Act) -> frozenset[Act]:
    return frozenset(acts)


A = Act

# What tells a petitioner where the matter went or how it will be handled.
_DECIDED = _acts(A.ACCEPT, A.DECLINE, A.NOT_AGAIN, A.REDIRECT, A.LEAD_IN, A.REFER, A.STUDY, A.FILE)
_PASSED_ON = _acts(A.FORWARD, A.ASSIGN)
_STOPPED = _acts(A.TERMINATE, A.MERGE)
_LEFT_THE_PATH = _acts(A.LEAD_IN, A.REFER, A.STUDY, A.REDIRECT, A.DECLINE, A.NOT_AGAIN)

ARTICLE_23_3 = "《信访工作条例》第二十三条第三款"
NODE_TIMES = "内部管理要求：节点时限"

NATIONAL_TERMS = (
    Term(
        code="D01",
        label="登记后转送、交办",
        article="《信访工作条例》第二十二条",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=15,
        starts=_acts(A.RECEIVE, A.ARRIVE, A.REOPEN),
        applies_to=PETITION_OFFICE,
        met_by=_PASSED_ON | _DECIDED,
        voided_by=_STOPPED,
    ),
    # 合并不免除告知义务（每名信访人都应收到告知），所以并案不使 D02、D03 失效。
    Term(
        code="D02",
        label="直接来件书面告知",
        article="《信访工作条例》第二十三条第一、二款",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=15,
        starts=_acts(A.RECEIVE, A.REOPEN),
        applies_to=OTHER_ORGAN,
        met_by=_PASSED_ON | _DECIDED | _acts(A.ANSWER),
        met_if_told=_acts(A.MERGE),
        voided_by=_acts(A.TERMINATE),
        lapsed_by=_acts(A.DEEM_ACCEPTED),
    ),
    Term(
        code="D03",
        label="转送、交办件书面告知",
        article=ARTICLE_23_3,
        certainty=Certainty.SOURCE,
        scope=Scope.LEG,
        kind=Kind.DUTY,
        length=15,
        starts=_acts(A.ARRIVE),
        applies_to=OTHER_ORGAN,
        competent_leg=True,
        met_by=_DECIDED | _acts(A.ANSWER),
        met_if_told=_acts(A.MERGE),
        voided_by=_acts(A.UPHOLD, A.TERMINATE),
        lapsed_by=_acts(A.DEEM_ACCEPTED),
        petition_wide=_acts(A.TERMINATE, A.MERGE),
    ),
    Term(
        code="D04",
        label="提出职权异议",
        article=ARTICLE_23_3,
        certainty=Certainty.SOURCE,
        scope=Scope.LEG,
        kind=Kind.RIGHT,
        length=5,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.ARRIVE),
        applies_to=OTHER_ORGAN,
        competent_leg=True,
        met_by=_acts(A.OBJECT),
        voided_by=_DECIDED | _STOPPED | _acts(A.DEEM_ACCEPTED),
        petition_wide=_STOPPED,
    ),
    Term(
        code="D05",
        label="异议审核",
        article=NODE_TIMES + "（异议审核2个工作日）",
        certainty=Certainty.DESIGNED,
        scope=Scope.LEG,
        kind=Kind.INTERNAL,
        length=2,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.OBJECT),
        met_by=_acts(A.UPHOLD, A.OVERRULE),
        voided_by=_STOPPED,
        petition_wide=_STOPPED,
    ),
    # 办结以签发处理意见书为准；调解、和解后办结而不出意见书的，以办结为准（第三十三条）。
    Term(
        code="D06",
        label="办结并出具处理意见",
        article="《信访工作条例》第三十四条",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=60,
        extension=30,
        starts=_acts(A.ACCEPT, A.DEEM_ACCEPTED),
        path=PETITION_PATH,
        met_by=_acts(A.SIGN, A.CLOSE),
        voided_by=_STOPPED | _LEFT_THE_PATH,
    ),
    Term(
        code="D07",
        label="延长办理期限",
        article="《信访工作条例》第三十四条",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=30,
    ),
    Term(
        code="D08",
        label="申请复查",
        article="《信访工作条例》第三十五条",
        certainty=Certainty.SOURCE,
        scope=Scope.SERVICE,
        kind=Kind.RIGHT,
        length=30,
        rolls=True,
        starts=_acts(A.SERVE),
        letter=OPINION,
        met_by=_acts(A.REQUEST_REVIEW),
    ),
    # 复查、复核尚无自己的行为（出具、送达、申请复核、听证）：三行只供推算，不折叠成时钟。
    Term(
        code="D09",
        label="出具复查意见",
        article="《信访工作条例》第三十五条",
        certainty=Certainty.SOURCE,
        scope=Scope.PROCEEDING,
        kind=Kind.DUTY,
        length=30,
    ),
    Term(
        code="D10",
        label="申请复核",
        article="《信访工作条例》第三十六条第一款",
        certainty=Certainty.SOURCE,
        scope=Scope.SERVICE,
        kind=Kind.RIGHT,
        length=30,
        rolls=True,
    ),
    Term(
        code="D11",
        label="出具复核意见",
        article="《信访工作条例》第三十六条第一、二款",
        certainty=Certainty.SOURCE,
        scope=Scope.PROCEEDING,
        kind=Kind.DUTY,
        length=30,
        hearing_excluded=True,
    ),
    Term(
        code="D12",
        label="交办件反馈办结报告",
        article="《信访工作条例》第二十二条第一款第三项",
        certainty=Certainty.SOURCE,
        scope=Scope.LEG,
        kind=Kind.DUTY,
        length=None,
        appointed=True,
        starts=_acts(A.ASSIGN),
        met_by=_acts(A.REPORT_BACK, A.CLOSE),
        voided_by=_STOPPED | _acts(A.UPHOLD),
        petition_wide=_STOPPED | _acts(A.CLOSE),
    ),
    # 简易办理尚未启用：只供推算。
    Term(
        code="D16c",
        label="简易办理出具处理意见",
        article="《信访事项简易办理办法（试行）》",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.INTERNAL,
        length=10,
        unit=Unit.WORKING_DAY,
    ),
    Term(
        code="I01",
        label="督查核查",
        article="内部管理要求：处理意见书签发前的核查（5个工作日）",
        certainty=Certainty.DESIGNED,
        scope=Scope.PETITION,
        kind=Kind.INTERNAL,
        length=5,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.SUBMIT),
        met_by=_acts(A.RETURN, A.PASS),
        voided_by=_STOPPED | _LEFT_THE_PATH,
    ),
    # 多名信访人逐人送达：只有最后一份送达才算送达完毕（送达行为的 unserved 为 0）。
    Term(
        code="I02",
        label="处理意见书出具后送达",
        article=NODE_TIMES + "（出具后5个工作日内送达）",
        certainty=Certainty.DESIGNED,
        scope=Scope.PETITION,
        kind=Kind.INTERNAL,
        length=5,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.SIGN),
        letter=OPINION,
        met_by=_acts(A.SERVE, A.CLOSE),
        voided_by=_STOPPED,
    ),
    Term(
        code="I03",
        label="反馈协办意见",
        article="内部管理要求：协办反馈（10个工作日）",
        certainty=Certainty.DESIGNED,
        scope=Scope.LEG,
        kind=Kind.INTERNAL,
        length=10,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.ASK_ASSIST),
        met_by=_acts(A.ANSWER_ASSIST),
        voided_by=_STOPPED | _LEFT_THE_PATH | _acts(A.CLOSE),
        petition_wide=_STOPPED | _LEFT_THE_PATH | _acts(A.CLOSE),
    ),
    # 异议成立后重新转送：第二十二条的15日不重新起算，只设内控。
    Term(
        code="I04",
        label="异议成立后二次转送",
        article="内部管理要求：二次转送（2个工作日）",
        certainty=Certainty.DESIGNED,
        scope=Scope.PETITION,
        kind=Kind.INTERNAL,
        length=2,
        unit=Unit.WORKING_DAY,
        starts=_acts(A.UPHOLD),
        met_by=_PASSED_ON | _DECIDED,
        voided_by=_STOPPED,
    ),
    Term(
        code="SV",
        label="督办反馈",
        article=NODE_TIMES + "（督办单指定日期，未指定的5个工作日）",
        certainty=Certainty.DESIGNED,
        scope=Scope.ORDER,
        kind=Kind.INTERNAL,
        length=5,
        unit=Unit.WORKING_DAY,
        appointed=True,
        starts=_acts(A.ORDER, A.RETURN_ORDER),
        met_by=_acts(A.ANSWER_ORDER),
        voided_by=_acts(A.CLOSE_ORDER),
    ),
)

BY_CODE = {term.code: term for term in NATIONAL_TERMS}
