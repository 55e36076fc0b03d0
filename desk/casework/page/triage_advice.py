"""甄别意见，说给办事人听：类别、条款、途径、谁办、出什么文书、哪些期限、不得做什么、为什么。只拼字，不查库。"""

from collections.abc import Mapping
from typing import Any

from accounts.privacy import mask_text
from documents.letters.fields import KINDS
from petitions.act.states import Kind, LegalPath
from rulebook.acts import Act
from rulebook.terms import BY_CODE, Certainty
from rulebook.triage.facts import EARLIER, MATTERS, STATUSES
from rulebook.triage.paths import PATHS

REMEDIES = {
    "review": "收到之日起 30 日内申请复查",
    "recheck": "收到之日起 30 日内申请复核",
    "reconsider_or_sue": "行政复议 60 日、行政诉讼 6 个月；依法应当先复议的先复议",
    "arbitration": "仲裁时效 1 年，不服裁决的 15 日内起诉",
    "way": "写明应走的途径、机关、地址",
    "none": "不写救济",
}
# 文书 → 出它的行为
NEXT = {
    "F04": Act.DECLINE,
    "F05": Act.REDIRECT,
    "F06": Act.NOT_AGAIN,
    "F07": Act.FORWARD,
    "F08": Act.ASSIGN,
    "F09": Act.OBJECT,
    "F32": Act.LEAD_IN,
    "F33": Act.REFER,
}
TAKEN_UP = {LegalPath.PETITION: Act.ACCEPT, LegalPath.SUGGESTION: Act.STUDY, LegalPath.REPORT: Act.REFER}


def shown(advice: Mapping[str, Any]) -> dict[str, Any]:
    """The advice, as `Advice.as_json` gives it, in the shape of desk/case/advice.html."""
    path = PATHS.get(advice["path"])
    return {
        "headline": " · ".join(part for part in (Kind(advice["kind"]).label, _branch(advice["branch"])) if part),
        "rows": [(label, words) for label, words in _rows(advice, path) if words],
        "must_not": advice["must_not"],
        "why": advice["why"],
    }


def _rows(advice, path) -> list[tuple[str, str]]:
    return [
        ("途径", _path(path)),
        ("向谁提出", path.door if path else ""),
        ("该途径的期限", path.limits if path else ""),
        ("也可以走", "、".join(PATHS[code].label for code in advice["others"])),
        ("该谁办", advice["organ"]),
        ("现在应出", _letter(advice["letter"]) or "不出文书"),
        ("最后文书", _letter(advice["end"])),
        ("下一步", next_step(advice)),
        ("信访期限", "、".join(BY_CODE[code].label for code in advice["clocks"] if code in BY_CODE)),
        ("末段救济", REMEDIES[advice["remedy"]]),
    ]


def next_step(advice: Mapping[str, Any]) -> str:
    """The act that the advice leads to, by the word on its button; empty where there is nothing to decide."""
    letter, branch = advice["letter"], advice["branch"]
    if letter in NEXT:
        return NEXT[letter].label
    if not branch or (not letter and advice["clocks"] in (["D08"], ("D08",), ["D10"], ("D10",))):
        return ""
    return TAKEN_UP.get(branch, Act.LEAD_IN).label


def decision(petition) -> dict[str, Any]:
    """How the path was decided: the five answers, what the facts were, and the advice followed or overruled."""
    kept = petition.path_record or []
    guide = next((row for row in kept if "advice" in row), None)
    found: dict[str, Any] = {
        "answers": [row | {"reason": mask_text(row.get("reason", ""))} for row in kept if "branch" in row]
    }
    if guide is None:
        return found
    return found | {
        "advice": shown(guide["advice"]),
        "facts": facts_in_words(guide["facts"]),
        "overruled": mask_text(guide.get("overruled", "")),
    }


def facts_in_words(facts: Mapping[str, Any]) -> list[str]:
    """What the clerk found out, the plain cases left out."""
    said = [
        f"争的是{MATTERS[facts['matter']]}" if facts.get("matter") else "",
        STATUSES[facts["status"]] if facts.get("status", "none") != "none" else "",
        EARLIER[facts["earlier"]] if facts.get("earlier", "none") != "none" else "",
        "有新事实、新理由、新证据或者新诉求" if facts.get("new_facts") else "",
        "" if facts.get("competent", True) else "不属收件单位职权",
    ]
    return [words for words in said if words]


def _branch(branch: str) -> str:
    return LegalPath(branch).label if branch else ""


def _path(path) -> str:
    if path is None:
        return ""
    doubt = "" if path.certainty is Certainty.SOURCE else f"（{path.certainty.label}）"
    return f"{path.code} {path.label}{doubt}，{path.law}"


def _letter(code: str) -> str:
    return f"{code} {KINDS[code].label}" if code else ""
