"""The answer to a triage: where the matter goes, what is written, which clocks run, and the remedy to be told. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

REMEDIES = {
    "review": "如不服本处理意见，可以自收到之日起三十日内，向【上一级机关、单位全称】书面申请复查。",
    "recheck": "如不服本复查意见，可以自收到之日起三十日内，向【复查机关的上一级机关、单位全称】书面申请复核。",
    "reconsider_or_sue": (
        "如不服本决定（答复），可以自知道之日起六十日内依法申请行政复议，或者自知道之日起六个月内依法向人民法院提起行政诉讼；"
        "未履行法定职责、不予公开政府信息等依法应当先申请行政复议的，先申请行政复议。"
    ),
    "arbitration": (
        "请自知道权利被侵害之日起一年内依法申请仲裁；不服仲裁裁决的，可以自收到裁决书之日起十五日内依法向人民法院起诉。"
    ),
    "way": "请依照下列途径提出：【应走的途径】，【受理机关全称、地址】。认为有关机关、单位不履行职责的，可向上级反映。",
    "none": "",
}


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning, with what it stands on."""

    rule: str
    say: str


@dataclass(frozen=True)
class Advice:
    """What triage answers. `letter` and `end` are F-numbers or empty; `clocks` are D-numbers; `path` is a P-code."""

    kind: str
    branch: str
    path: str
    others: tuple[str, ...]
    organ: str
    letter: str
    end: str
    clocks: tuple[str, ...]
    remedy: str
    must_not: tuple[Reason, ...]
    why: tuple[Reason, ...]

    @property
    def remedy_text(self) -> str:
        """The paragraph for the end of the letter; the organs' names are filled in by the letter itself."""
        return REMEDIES[self.remedy]

    def as_json(self) -> dict[str, Any]:
        """Plain values under fixed names."""
        return {**asdict(self), "remedy_text": self.remedy_text}
