"""What one time limit is: what starts and ends it, how it is counted, and what it stands on. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from rulebook.acts import Act
from rulebook.labelled import Labelled


class Unit(Labelled):
    """How a length is counted.

    自然日 counts every day; 工作日 skips rest days and counts 调休上班 days; 月 ends on the same day of a later month,
    or on that month's last day (民法典第二百零二条); 小时 run through nights and weekends.
    """

    DAY = "day", "日"
    WORKING_DAY = "working_day", "个工作日"
    MONTH = "month", "个月"
    HOUR = "hour", "小时"


class Scope(StrEnum):
    """What a clock is about. Its start and its end must name the same one."""

    PETITION = "petition"
    LEG = "leg"
    SERVICE = "service"
    PROCEEDING = "proceeding"
    ORDER = "order"
    EXECUTION = "execution"
    REQUEST = "request"


class Kind(Labelled):
    """A duty not met becomes overdue; a right not used lapses without a word; an internal term is the house's own."""

    DUTY = "duty", "法定义务"
    RIGHT = "right", "权利期限"
    INTERNAL = "internal", "内控"


class Certainty(Labelled):
    """How sure the row is: read in the text, known, doubtful, a design choice, or by analogy with another law."""

    SOURCE = "源", "条文有明文"
    KNOWN = "知", "未核对原文，使用前请确认"
    DOUBTFUL = "疑", "待核"
    DESIGNED = "设", "条文没有规定，本系统设定"
    ANALOGY = "参照", "参照其他法律"


PETITION_OFFICE = "petition_office"  # 党委和政府信访部门
OTHER_ORGAN = "other"  # 其他机关、单位，含街道、乡镇
ANY_ORGAN = "any"
PETITION_PATH = "31-6"  # 第三十一条第六项：唯一适用60日的途径
OPINION = "F12"  # 信访处理意见书：唯一引起复查权的文书
EXTENSION_NOTICE = "F10"  # 延期办理告知书
REVIEW_OPINION = "F18"  # 复查意见书：唯一引起复核权的文书


@dataclass(frozen=True, kw_only=True)
class Term:
    """One time limit.

    `length` counts `unit`s; None means the day is appointed in the act that starts it (指定期限), and an
    `appointed` term with a length lets the act appoint another day. `starts` is empty on a row that no act of
    today's vocabulary starts: such a row answers `derive` and is never folded into a deadline.

    The conditions are a closed set, asked of the starting happening's facts: `applies_to` against `organ_kind`,
    `path` against `path`, `letter` against `letter`, and `competent_leg` wants a lead leg that was forwarded or
    assigned (`leg_kind`, `leg_role`), with `designated_too` also one that a ruling on competence made: that one
    counts on from the day in `counted_from`. `suggested_simple` wants a petition that the sender suggested for 简易办理
    (`simple`), `told` wants `notified`: nothing is owed where nobody can be told; `in_house` wants the organ's own
    procedure (`own`). A `letter` is asked of an ending 送达
    as well.

    A period is counted from the day of the act that starts it, or from the day the act names (`since`): what is
    suggested or converted later still counts from the receipt or the acceptance. The acts in `anew` begin the period
    again where they name such a day; what runs then is void.

    An end must name the same subject as the start; the acts in `petition_wide` end the clocks of every subject,
    whichever they name. `met_if_told` holds acts that meet the term only if the petitioner was told in the same
    act (`notified`). What is in `moot_by` voids the clock up to its last day and leaves it lapsed after it.
    `remark` says what is uncertain or chosen about the row, for the rule-keeper.
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
    anew: frozenset[Act] = frozenset()
    met_by: frozenset[Act] = frozenset()
    met_if_told: frozenset[Act] = frozenset()
    voided_by: frozenset[Act] = frozenset()
    lapsed_by: frozenset[Act] = frozenset()
    moot_by: frozenset[Act] = frozenset()
    petition_wide: frozenset[Act] = frozenset()
    extension: int = 0
    rolls: bool = False
    hearing_excluded: bool = False
    applies_to: str = ANY_ORGAN
    path: str | None = None
    letter: str | None = None
    competent_leg: bool = False
    suggested_simple: bool = False
    designated_too: bool = False
    told: bool = False
    in_house: bool = False
    source: str = ""
    remark: str = ""

    @property
    def is_folded(self) -> bool:
        """Whether acts of today's vocabulary start this clock."""
        return bool(self.starts)

    @property
    def period(self) -> str:
        """The length in the words of a sentence: 15日, 5个工作日, 指定期限."""
        return "指定期限" if self.length is None else f"{self.length}{self.unit.label}"


def acts(*named: Act) -> frozenset[Act]:
    """A set of acts, as the rows write it."""
    return frozenset(named)


A = Act

# What tells a petitioner where the matter went or how it will be handled.
DECIDED = acts(A.ACCEPT, A.ACCEPT_SIMPLY, A.DECLINE, A.NOT_AGAIN, A.REDIRECT, A.LEAD_IN, A.REFER, A.STUDY, A.FILE)
PASSED_ON = acts(A.FORWARD, A.ASSIGN, A.DESIGNATE)
STOPPED = acts(A.TERMINATE, A.MERGE)
# What ends the work of whoever the petition was assigned to; the office that assigned it reads the end off the file.
ANSWERED = acts(A.ANSWER, A.ANSWER_SIMPLY)
CONCLUDED = ANSWERED | acts(A.CLOSE, A.CLOSE_AGREED, A.DECLINE, A.NOT_AGAIN, A.REDIRECT, A.LEAD_IN, A.REFER, A.FILE)
LEFT_THE_PATH = acts(A.LEAD_IN, A.REFER, A.STUDY, A.REDIRECT, A.DECLINE, A.NOT_AGAIN, A.DROP_REDO)
