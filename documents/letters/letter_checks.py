"""文书发出前的硬校验（rules §8.3、§9.2、§1.9.4），每条一句话。纯函数。

What only the petition knows (whether an approval was given, sub-units of the accused) is checked there; here stands
what can be read off the letter itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from documents.letters.fields import KINDS, PETITION_PATH
from documents.letters.impediments import LetterRefused
from documents.letters.letter_dates import in_words, to_day
from documents.text_overlap import likeness

TOO_LIKE = 0.9  # 设：重作、复查的意见与原意见的相似度上限（rules §1.9.3、§8.3）
APPEALABLE_PATHS = ("31-4", "31-5")  # 答复可以复议、诉讼的途径；rules §1.9.4
LONGEST_EXTENSION = 30  # 自然日，累计上限；第三十四条
COURT_REMEDY = re.compile(r"(申请|提起|提出)(行政)?(复议|诉讼)")
REVIEW_REMEDY = re.compile(r"(申请|请求)(复查|复核)")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百\d]+条")

Values = Mapping[str, Any]


def faults(
    kind: str,
    values: Values,
    *,
    organ: str,
    review_organ: str = "",
    accused: Iterable[str] = (),
    secrecy: int = 0,
    earlier: str = "",
) -> list[str]:
    """Sentences for everything that forbids this letter; empty where it may go.

    `values` frozen fields, `organ` full name of the signing organ, `review_organ` the full name that the organ table
    gives as its 复查机关, `accused` full names of organs complained of in a 检举控告 (they are not stored), `secrecy`
    the letter's own, `earlier` the substance (see `substance`) of the opinion that a redone or reviewing one replaces.
    """
    found: list[str] = []
    if check := _CHECKS.get(kind):
        found += check(values, organ, review_organ)
    if not KINDS[kind].to_petitioner and values.get("to_organ") in set(accused):
        found.append("收文单位是被检举控告的单位，检举控告材料不得转给被检举人或者被检举单位（第三十条、第四十六条）")
    if kind == "F33" and secrecy < 1:
        found.append("检举控告转送函应当定密级，只由检举控告专岗制作和查看（第三十条）")
    if earlier and likeness(substance(kind, values), earlier) > TOO_LIKE:
        found.append("与原意见相同或者基本相同：不得以同一事实和理由作出与原意见基本相同的意见，请重新核实后写明差异")
    if "query_url" in values and re.search(r"[?#]", values["query_url"]):
        found.append("查询网址不得带有参数：查询码只放在网址的 # 之后，由系统填写")
    return found


def substance(kind: str, values: Values) -> str:
    """What an opinion says on the matter: its facts and its answers, without the fixed words of the letter."""
    if kind not in ("F12", "F18", "F19"):
        return ""
    answers = [one["text"] for one in values.get("opinions", ())]
    return "\n".join([values.get("facts", ""), values.get("conclusion", ""), *answers])


def require(kind: str, values: Values, **known: Any) -> None:
    """Raises LetterRefused with every sentence of `faults`."""
    if found := faults(kind, values, **known):
        raise LetterRefused(*found)


def _acceptance(values: Values, organ: str, review_organ: str) -> list[str]:
    found = []
    if values["path"] == PETITION_PATH:
        joined = "due_note" in values  # 并入在办事项的：受理的是原事项，期限说明里写明
        if "accepted_on" not in values and not joined:
            found.append("按信访程序办理的，请填写受理日（第三十四条从受理之日起算）")
        found += [] if "due_on" in values else ["按信访程序办理的，请填写预计办结的届满日（第三十四条）"]
    else:
        if "due_on" in values:
            found.append("六十日办理期限只适用于第三十一条第六项，请改在“期限说明”中写明该途径的期限")
        if "due_note" not in values:
            found.append("请在“期限说明”中写明该途径的预计期限")
    return found + _not_before(values, "received_on", "accepted_on", "受理日不得早于收到日")


def _referral(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_before(values, "received_on", "forwarded_on", "转送日不得早于收到日")
    return found + _not_itself(values, organ, "去向单位")


def _elsewhere(values: Values, organ: str, review_organ: str) -> list[str]:
    return _not_itself(values, organ, "有权机关")


def _handover(values: Values, organ: str, review_organ: str) -> list[str]:
    return _not_itself(values, organ, "收文单位") + _not_before(
        values, "received_on", "due_on", "指定办理期限不得早于收到日"
    )


def _not_again(values: Values, organ: str, review_organ: str) -> list[str]:
    sentence = "收到日早于复核意见书的日期，不属于不再受理的情形（第三十六条）"
    found = _not_before(values, "recheck_on", "received_on", sentence)
    if "prior_case_no" in values and values["prior_case_no"] == values.get("case_no"):
        found.append("前案编号与本件编号相同，请填写已经复核的前案编号")
    ended = [name in values for name in ("final_organ", "final_no", "final_on")]
    if all(ended):
        sentence = "收到日早于终结文书的日期，不属于不再受理的情形（第三十七条第三款）"
        return found + _not_before(values, "final_on", "received_on", sentence)
    if any(ended):
        found.append("涉法涉诉已依法终结的，请填全终结文书的机关、文号和日期（第三十七条第三款）")
    if "prior_case_no" not in values:
        found.append("请填写前案编号；没有前案的，写明涉法涉诉终结文书的机关、文号和日期")
    rechecked = [name in values for name in ("recheck_organ", "recheck_no", "recheck_on")]
    if any(rechecked) and not all(rechecked):
        found.append("已经复核的，请填全复核机关、复核意见书文号和日期（第三十六条第三款）")
    if not any(rechecked) and "lapse" not in values:
        found.append("请填写复核意见书的机关、文号和日期；未经复核的，写明逾期未申请复查、复核的情况")
    return found


def _extension(values: Values, organ: str, review_organ: str) -> list[str]:
    found = []
    days, old, new = values["days"], to_day(values["original_due_on"]), to_day(values["new_due_on"])
    if days > LONGEST_EXTENSION:
        found.append(f"延长期限不得超过{LONGEST_EXTENSION}日（第三十四条），现填{days}日")
    if new != old + timedelta(days=days):
        right = in_words(old + timedelta(days=days))
        found.append(f"新届满日与延长天数不符：原届满日{in_words(old)}加{days}日应为{right}")
    return found


def _opinion(values: Values, organ: str, review_organ: str) -> list[str]:
    found = []
    if len(values["opinions"]) != len(values["claims"]):
        found.append(f"投诉请求{len(values['claims'])}条，处理意见{len(values['opinions'])}条：每条请求都要有处理意见")
    found += _names_an_article(values)
    if ("original_no" in values) != ("difference" in values):
        found.append("责令重新作出的意见，请写明原意见文号和与原意见的差异")
    if not review_organ:
        found.append(f"机构表中没有登记“{organ}”的复查机关，请先由管理员补登（第三十五条）")
    elif values["review_organ"] != review_organ:
        found.append(f"复查机关应当是本机关的上一级“{review_organ}”，现填“{values['review_organ']}”（第三十五条）")
    if any(COURT_REMEDY.search(one["text"]) for one in values["opinions"]):
        found.append("处理意见不得告知申请复议或者提起诉讼：信访处理意见的救济是申请复查（第三十五条）")
    return found + _not_before(values, "received_on", "accepted_on", "受理日不得早于收到日")


def _objection(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_itself(values, organ, "转出方") + _names_an_article(values)
    if values["suggested_organ"] == organ:
        found.append("建议的有权处理单位就是本单位，不能以此提出异议（第二十三条第三款）")
    return found + _not_before(values, "forwarded_on", "received_on", "收到日不得早于转送日")


def _appealable(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _names_an_article(values)
    if values["path"] not in APPEALABLE_PATHS:
        found.append("程序性答复书只用于第三十一条第四项、第五项，其他途径请改用相应文书")
    if REVIEW_REMEDY.search(values["answer"]):
        found.append("程序性答复的救济是行政复议或者行政诉讼，不得告知申请复查、复核（第三十五条只适用于信访处理意见）")
    return found


def _review(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_judge_of_itself(values, organ, "original_organ")
    if ("recheck_organ" in values) == ("final_note" in values):
        found.append("请写明复核机关；没有上一级机关、单位的，写明本复查意见为终局意见（第三十六条）")
    if values.get("recheck_organ") in (organ, values["original_organ"]):
        found.append("复核机关应当是复查机关的上一级，不能是复查机关或者原承办单位（第三十六条）")
    return found + _redo(values)


def _recheck(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_judge_of_itself(values, organ, "original_organ", "review_organ")
    if REVIEW_REMEDY.search(values["conclusion"]):
        found.append("复核意见是终局意见，不得再告知申请复查、复核（第三十六条）")
    if "hearing_days" in values and "hearing_on" not in values:
        found.append("写了听证所需天数的，请填写听证日（第三十六条第二款）")
    return (
        found
        + _redo(values)
        + _not_before(values, "original_on", "review_on", "复查意见书日期不得早于原处理意见书日期")
    )


def _not_judge_of_itself(values: Values, organ: str, *names: str) -> list[str]:
    found = [f"“{organ}”作出过原意见，不能自己复查、复核" for name in names if values[name] == organ]
    if COURT_REMEDY.search(values["conclusion"]):
        found.append("复查、复核意见不得告知申请复议或者提起诉讼（第三十五条、第三十六条）")
    found += _names_an_article(values)
    return found + _not_before(values, "original_on", "applied_on", "收到申请之日不得早于原处理意见书日期")


def _redo(values: Values) -> list[str]:
    if "redo_due_on" in values and values["review_result"] != "redo":
        return ["只有责令限期重新作出的，才填写重新作出的期限"]
    return []


def _suggesting(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_itself(values, organ, "收文单位")
    if values.get("to_organ") and values["to_organ"] in values.get("responsible", ""):
        found.append("追究责任建议书应当送有管理权限的机关、单位，不送责任单位自己（第四十条第三款）")
    return found


def _feedback(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_itself(values, organ, "提出建议的单位")
    if values["adoption"] != "adopted" and "reason" not in values:
        found.append("没有全部采纳的，请写明理由（第四十条第四款）")
    return found


def _accusation(values: Values, organ: str, review_organ: str) -> list[str]:
    found = _not_itself(values, organ, "收文单位")
    if ("petitioner" in values) != ("why_named" in values):
        found.append("检举控告转送函一般不写检举控告人姓名；确有必要的，姓名和必要性都要写明（第三十条）")
    return found


def _correction(values: Values, organ: str, review_organ: str) -> list[str]:
    return ["更正前后的文字相同，请核对"] if values["mistake"] == values["corrected"] else []


def _names_an_article(values: Values) -> list[str]:
    if any(_ARTICLE.search(one) for one in values["basis"]):
        return []
    return ["法律法规依据应当写到条，例如“《……条例》第十条”（第三十二条）"]


def _not_before(values: Values, first: str, then: str, sentence: str) -> list[str]:
    if first in values and then in values and to_day(values[then]) < to_day(values[first]):
        return [sentence]
    return []


def _not_itself(values: Values, organ: str, name: str) -> list[str]:
    return [f"{name}就是本机关“{organ}”，请核对"] if values.get("to_organ") == organ else []


_CHECKS: dict[str, Callable[[Values, str, str], list[str]]] = {
    "F02": _acceptance,
    "F03": _referral,
    "F04": _elsewhere,
    "F05": _elsewhere,
    "F06": _not_again,
    "F07": _handover,
    "F08": _handover,
    "F09": _objection,
    "F10": _extension,
    "F12": _opinion,
    "F13": _appealable,
    "F18": _review,
    "F19": _recheck,
    "F24": _suggesting,
    "F25": _suggesting,
    "F26": _suggesting,
    "F27": _feedback,
    "F32": _handover,
    "F33": _accusation,
    "F34": _handover,
    "F36": _correction,
}
