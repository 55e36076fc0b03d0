"""What a city may decide beside the terms: a closed list of settings, each with its check and its standing. Pure.

A key that is not here does not exist; a value that fails its check is refused in a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from math import ceil
from string import Formatter
from typing import Any

from rulebook.terms import BY_CODE, Certainty, Term

# 不适用简易办理的情形里要由人认定的；重复、集体联名、检举控告、应走其他途径的由系统认定，不可放宽
SIMPLE_BARS = {
    "repeated": "重复信访",
    "complex": "重大、复杂、疑难",
    "unsupported": "可能不支持其诉求",
    "several": "涉及多个责任主体",
    "refused": "信访人明确不同意",
}


@dataclass(frozen=True)
class Option:
    """One thing a city may decide. `check` returns a complaint, or None if the value will do."""

    key: str
    label: str
    default: Any
    certainty: Certainty
    check: Callable[[Any], str | None]


def _whole(low: int, high: int) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return f"应为{low}至{high}的整数"
        return None

    return check


def _days_by_term(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "应写成 { D06 = 15 } 的样子"
    for code, days in value.items():
        if code not in BY_CODE:
            return f"期限“{code}”不在规则簿之列"
        if complaint := _whole(0, 60)(days):
            return f"{code}{complaint}"
    return None


def _one_of(*allowed: str) -> Callable[[Any], str | None]:
    return lambda value: None if value in allowed else f"应为{'、'.join(allowed)}之一"


def _some_of(*allowed: str) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        if not isinstance(value, list) or not set(map(str, value)) <= set(allowed):
            return f"应为列表，可用 {'、'.join(allowed)}"
        return None

    return check


def _pattern(allowed: tuple[str, ...], needed: tuple[str, ...]) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "应为文字"
        try:
            fields = [name for _, name, _, _ in Formatter().parse(value) if name is not None]
            value.format(**{name: 1 if name in ("year", "seq") else "样" for name in allowed})
        except (ValueError, KeyError, IndexError) as error:
            return f"写法不对（{error}），可用 {'、'.join(allowed)}"
        lacking = [name for name in needed if name not in fields]
        return f"缺少 {'、'.join(lacking)}，编号会重复" if lacking else None

    return check


def _hours(value: Any) -> str | None:
    try:
        opens, closes = (time.fromisoformat(part) for part in str(value).split("-"))
    except ValueError:
        return "应写成 08:30-17:30 的样子"
    return None if opens < closes and len(str(value)) == 11 else "应写成 08:30-17:30 的样子，先上班后下班"


def _retention(value: Any) -> str | None:
    if not isinstance(value, dict) or set(value) != set(RETENTION):
        return f"应逐类写明：{'、'.join(RETENTION)}"
    wrong = sorted({str(kept) for kept in value.values()} - set(RETENTIONS))
    return f"保管期限只有 {'、'.join(RETENTIONS)}，没有 {'、'.join(wrong)}" if wrong else None


CARDS = ("plain", "yellow", "red")  # 普通、黄牌、红牌督办


def _days_by_card(value: Any) -> str | None:
    if not isinstance(value, dict) or set(value) != set(CARDS):
        return f"应逐种写明：{'、'.join(CARDS)}"
    return next((f"{card}{said}" for card, days in value.items() if (said := _whole(0, 60)(days))), None)


def _rising(value: Any) -> str | None:
    if not isinstance(value, list) or not value or any(_whole(1, 100_000)(one) for one in value):
        return "应为正整数的列表，例如 [20, 100]"
    return None if sorted(set(value)) == value else "应从小到大，不重复"


RETENTIONS = ("Y", "D30", "D10")  # 永久、30年、10年
# 经过复查复核、重点或重大紧急、集体访、检举控告、出具过处理意见书、其他；几类都占的从长
RETENTION = {"reviewed": "Y", "key": "Y", "group": "D30", "report": "D30", "opinion": "D30", "other": "D10"}

OPTIONS = {
    option.key: option
    for option in (
        Option("max_extensions", "办理期限最多延期次数", 1, Certainty.DESIGNED, _whole(1, 3)),
        Option("dispute_returns", "同一件退回几次即报请指定管辖", 2, Certainty.DESIGNED, _whole(1, 5)),
        Option("notice_service_days", "公告送达满多少日视为送达", 30, Certainty.ANALOGY, _whole(30, 180)),
        Option("amber_share", "剩余天数不足总期限的百分之几时转黄灯", 20, Certainty.DESIGNED, _whole(0, 100)),
        Option("amber_days", "转黄灯的最少剩余天数", 3, Certainty.DESIGNED, _whole(0, 60)),
        Option("amber_days_by_term", "个别期限转黄灯的剩余天数", {"D06": 15}, Certainty.DESIGNED, _days_by_term),
        Option("facts_least", "事实和理由至少多少字", 15, Certainty.DESIGNED, _whole(0, 500)),
        Option("answer_least", "每项处理意见至少多少字", 6, Certainty.DESIGNED, _whole(0, 200)),
        Option("copied_percent", "与诉求、被撤销意见相似到百分之几算照抄", 90, Certainty.DESIGNED, _whole(50, 100)),
        Option("alike_percent", "与其他件意见相似到百分之几要核对", 95, Certainty.DESIGNED, _whole(50, 100)),
        Option("hearing_notice_days", "听证通知至少在举行几日前发出", 0, Certainty.DOUBTFUL, _whole(0, 30)),
        Option("urgent_group", "多少人以上提示按重大紧急报告", 30, Certainty.DESIGNED, _whole(5, 1000)),
        Option("reminder_hours", "提醒在工作日的什么钟点送达", "08:30-17:30", Certainty.DESIGNED, _hours),
        Option(
            "acknowledge_within",
            "提醒几个工作日内没有人知悉、也没有办理就报上一级，0 为不报",
            1,
            Certainty.DESIGNED,
            _whole(0, 20),
        ),
        Option("urge_wait_minutes", "批量催办确认后几分钟内可以撤回", 2, Certainty.DESIGNED, _whole(0, 30)),
        Option("four_ends", "哪些件办结前须逐项记录四个到位", "report", Certainty.DESIGNED, _one_of("report", "all")),
        Option("retention", "案卷的保管期限", RETENTION, Certainty.DOUBTFUL, _retention),
        Option("execution_days", "支持的诉求默认几日内落实（自然日）", 30, Certainty.DESIGNED, _whole(1, 365)),
        Option("order_sign_days", "督办单几个工作日内签收", 1, Certainty.DESIGNED, _whole(0, 30)),
        Option(
            "order_report_days",
            "督办单每几个工作日报告一次进展（0 为不要求）",
            {"plain": 0, "yellow": 5, "red": 3},
            Certainty.DESIGNED,
            _days_by_card,
        ),
        Option(
            "call_back_tries",
            "不满意的评价，打几次没有打通才可以按联系不上了结回访",
            3,
            Certainty.DESIGNED,
            _whole(1, 20),
        ),
        Option("card_bands", "黄牌、红牌按件数分档比较，各档的上限（件）", [20, 100], Certainty.DESIGNED, _rising),
        Option(
            "simple_to_normal_clock",
            "简易办理转为普通程序后，60 日从简易受理之日（accepted_at_simple）还是从转换之日（converted）数起",
            "accepted_at_simple",
            Certainty.DOUBTFUL,
            _one_of("accepted_at_simple", "converted"),
        ),
        Option(
            "simple_convert_within",
            "未答复的简易件在简易期限内（simple）还是在 60 日内（ordinary）可以转为普通程序",
            "simple",
            Certainty.DESIGNED,
            _one_of("simple", "ordinary"),
        ),
        Option("simple_bars", "不适用简易办理的情形", list(SIMPLE_BARS), Certainty.DOUBTFUL, _some_of(*SIMPLE_BARS)),
        Option("public_least", "公开的年度数据里小于多少的数隐去", 5, Certainty.DESIGNED, _whole(1, 100)),
        Option("online_files", "网上提交一件最多几个文件", 10, Certainty.DESIGNED, _whole(1, 30)),
        Option("online_file_mb", "网上提交一个文件最大多少 MB", 15, Certainty.DESIGNED, _whole(1, 20)),
        Option("online_total_mb", "网上提交一件的文件合计最大多少 MB", 60, Certainty.DESIGNED, _whole(1, 200)),
        Option("online_day_mb", "同一来源地址一天最多上传多少 MB", 400, Certainty.DESIGNED, _whole(1, 10_000)),
        Option("online_draft_days", "没有提交的内容存几天（自然日）", 7, Certainty.DESIGNED, _whole(1, 30)),
        Option("online_hourly", "同一来源地址一小时最多提交几件", 30, Certainty.DESIGNED, _whole(1, 1000)),
        Option(
            "online_receiver",
            "网上提交的件由谁登记：事发地的街道乡镇（street）、区信访部门（district）或者市信访部门（city）",
            "street",
            Certainty.DESIGNED,
            _one_of("street", "district", "city"),
        ),
        Option(
            "petition_number",
            "信访件编号格式",
            "{region}-{year}-{seq:05}",
            Certainty.DESIGNED,
            _pattern(("region", "year", "seq"), ("year", "seq")),
        ),
        Option(
            "letter_number",
            "发文字号格式",
            "{mark}〔{year}〕{seq}号",
            Certainty.KNOWN,
            _pattern(("mark", "year", "seq"), ("mark", "year", "seq")),
        ),
    )
}


def filled(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Every option's value: the city's where it chose, the default elsewhere."""
    return {key: chosen.get(key, option.default) for key, option in OPTIONS.items()}


def amber_days(term: Term, values: Mapping[str, Any]) -> int:
    """How many days before its last day a clock turns amber: 自然日, `values` as `filled` returns them."""
    by_term: Mapping[str, int] = values["amber_days_by_term"]
    if term.code in by_term:
        return by_term[term.code]
    share: int = values["amber_share"]
    least: int = values["amber_days"]
    return max(ceil((term.length or 0) * share / 100), least)
