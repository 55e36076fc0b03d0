"""说的是不是同一件：诉求点到的处所、对象、号数、时段、数目，答复里有没有。纯函数。"""

import re
from collections.abc import Iterable

from insight.duplicates.topics import topics_of
from insight.places.place_names import ESTATE, FIRM, HOSPITAL, ROAD, SCHOOL, VILLAGE, Named, named_in
from insight.search.normal_form import bigrams, codes, normalise
from supervision.hollow import vocabulary
from supervision.hollow.proof import own

STRETCH_OF_ROAD = 500  # metres
OWN_PAIRS = 4  # pairs of signs; with fewer a claim has no matter of its own
PLACES = (ROAD, ESTATE, VILLAGE, SCHOOL, HOSPITAL, FIRM)
_NUMBERS = {
    "路": re.compile(r"(?<![\d.])(\d{1,4})路(?!口|段)"),
    "楼": re.compile(r"(?<![\d.])(\d{1,3})(?:号楼|栋|幢|#)"),
    "室": re.compile(r"(?<![\d.])(\d{3,4})(?:室|房)"),
    "单元": re.compile(r"(?<![\d.])(\d{1,2})单元"),
    "号": re.compile(r"(?<=[路街巷里弄村道])(\d{1,4})号(?!楼|线|文)"),
    "组": re.compile(r"(?<![\u4e00-\u9fff][小工])([一二三四五六七八九十]{1,3})组(?![长织成合数监样])"),
    "站": re.compile(r"(?<![\d.])(\d{1,2})号(?=泵|机|井|点|桥|闸|库|地|摊|口|梯|车)"),
}
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(万)?(元|亩|平方米|平方|户|人|名|米|吨|栋|处|部|台|个月|度)")
_SIDE = re.compile(r"([左右])(手|脚|臂|腿|眼|足|膝|耳|肩)")
_NO_NAME = re.compile(r"\d|一个|十字|平交|信号|出院|联系|通知|直接|^[该本]|[临沿该本入到在从]$")
_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+")
_DEMANDING = re.compile("要求|请(?!假)|希望|恳请")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(公里|千米|米)(?!/|每|高|宽|范围)")
_YEARS = re.compile(r"(20\d\d)年?[到至—~-]+(20\d\d)年")
_LISTED = re.compile(
    r"[全各两三四五六七八九十]+个?(部|家|户|条|栋|处|盏|台|小区|单元)|(?:[2-9]|\d{2,})(部|家|户|条|处|盏|台|栋)"
)
_ONE = r"(?<![统二三四五六七八九十百千\d])[一1]{unit}(?![署门分元])"
_SEVERAL = r"(?:[2-9]|\d{{2,}}|[两三四五六七八九十])\s*个?{unit}|全部|均|逐|各|都|分别|全{unit}"
_HOUR = re.compile(
    r"(凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|夜里|夜间|半夜|深夜|当晚)?\s*([01]?\d|2[0-4]|[一二三四五六七八九十]{1,3})(?:点(?!位|击|名|半?心)|时(?!间|段|限|效|候)|[:：](?=\d\d))"
)
_SPAN = re.compile(
    r"(夜里|夜间|半夜|深夜|晚上?|下午)?\s*(\d{1,2})(?:点|时|[:：]\d\d)[^，。；]{0,4}[至到\-—~](?:次日|凌晨)?(\d{1,2})(?:点|时|[:：]\d\d)"
)
_SPOKEN = {
    "凌晨": range(6),
    "半夜": (22, 23, 0, 1, 2, 3, 4),
    "深夜": (22, 23, 0, 1, 2),
    "夜": (20, 21, 22, 23, 0, 1, 2, 3, 4),
    "傍晚": range(17, 20),
    "晚上": range(18, 24),
    "当晚": range(18, 24),
    "清晨": range(5, 8),
    "早晨": range(5, 9),
    "上午": range(8, 12),
    "中午": range(11, 14),
    "下午": range(13, 18),
    "白天": range(8, 18),
    "昼间": range(8, 18),
}
AFTER_NOON, AT_NIGHT = ("下", "傍", "晚", "当"), ("夜", "半", "深")  # signs before an hour of twelve
_WEEKEND = re.compile(r"周末|周六|周日|星期六|星期天|双休|节假日")
_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九十")}
_EVIDENCE = {
    "视频": "视频|录像|监控|影像",
    "录音": "录音",
    "照片": "照片|图片|拍",
    "小票": "小票|票据|凭证|发票",
    "发票": "发票|票据|凭证",
    "证人": "证人|证言|询问|走访",
    "转账": "转账|流水|支付记录",
    "监控": "监控|视频|硬盘|录像",
}
_HAS = re.compile(r"(?:有|拍|录|保留)(?:了|着|的)?[^，。；]{0,4}?(视频|录音|照片|小票|发票|证人|转账|监控)")
_ROLES = (
    "父|爸|爹",
    "母|妈|娘",
    "舅",
    "叔|伯",
    "姑|姨",
    "爷|祖父|外公",
    "奶|祖母|外婆",
    "儿子",
    "女儿",
    "丈夫|爱人|妻",
    "哥|弟",
    "姐|妹",
)
_AT = re.compile(
    r"在([\u4e00-\u9fffA-Za-z0-9]{2,12}?)(?:上班|工作|干活|打工|务工|办(?!公)|买|购|住院|看病|消费|就读|上学|充值|吃|报名|施工|装修|做工)"
)
_DONE_AT = re.compile(
    r"[在到]([\u4e00-\u9fffA-Za-z0-9]{3,12}?)(?:检查|查看|调查|核查|卸货|装货|作业|操作|上班|工作|务工|干活|施工|购买|消费|住院)"
)
_KIN = re.compile(
    r"(?:给|为|替)(?:她|他|老人|[^，。]{0,4}(?:母亲|父亲|儿子|女儿|孩子|奶奶|爷爷|舅|叔|伯|姑|姨|岳|公公|婆婆|哥|弟|姐|妹))|我(?:的)?(?:母亲|父亲|奶奶|爷爷|岳母|婆婆|儿子|女儿)[^，。]{0,3}[\u4e00-\u9fff]某?\d"
)
_KIN_TOLD = re.compile(r"母|父|舅|叔|伯|姑|姨|岳|哥|弟|姐|妹|老人|子女|女儿|儿子|其(?:奶|爷)|孩|被照料|户主|本人\d|岁")


def pairs(text: str) -> set[str]:
    """Every two neighbouring signs of what is not said of everything."""
    return set().union(
        *(bigrams(normalise(run)) for run in re.findall(r"\w+", vocabulary.COMMON.sub(" ", text))), set()
    )


def taken_up(claim: str, reply: str) -> float:
    """How far a reply takes up what the claim is about, 0–1: its words, or its matter in others (漏水、渗水)."""
    asked = pairs(claim)
    if not asked:
        return 1.0
    share = len(asked & pairs(reply)) / len(asked)
    folded = normalise(claim), normalise(reply)
    same = topics_of("", folded[0], codes(folded[0])).keys() & topics_of("", folded[1], codes(folded[1])).keys()
    return min(1.0, max(share, 0.5 if same else 0.0))


def own_share(claim: str, others: Iterable[str], reply: str) -> float:
    """How much of what a claim has to itself, beside the others, the reply takes up, 0–1; 1 where it has too little."""
    mine = {one for one in pairs(claim) - pairs("；".join(others)) if not one.isdigit()}
    return len(mine & pairs(reply)) / len(mine) if len(mine) >= OWN_PAIRS else 1.0


def shared(texts: Iterable[str], text: str) -> int:
    """How many pairs of signs of their matter both tell."""
    return len(pairs("；".join(texts)) & pairs(text))


def numbers(text: str) -> dict[str, set[str]]:
    """The numbers that tell one bus line, building, room, house, pump from another, by kind."""
    return {kind: set(pattern.findall(text)) for kind, pattern in _NUMBERS.items()}


def other_number(claims: str, reply: str) -> tuple[str, str] | None:
    """A number the claims name, and the one of the same kind the reply speaks of in its stead."""
    asked, told = numbers(claims), numbers(reply)
    for kind, ours in asked.items():
        theirs = told[kind]
        if ours and theirs and not ours & theirs and not any(_stands(one, reply) for one in ours):
            return f"{min(ours)}{kind}", f"{min(theirs)}{kind}"
    return None


def _stands(number: str, text: str) -> bool:
    """Whether the number stands in the text by itself, not as part of another, a day or an amount."""
    return re.search(rf"(?<![\d.]){number}(?![\d.]|月|日|年|时|元|分|个|名|户|次|人|%)", text) is not None


def other_side(claims: str, reply: str) -> tuple[str, str] | None:
    """左手 in the claims, 右手 only in the reply."""
    told = {match[2]: match[1] for match in _SIDE.finditer(reply)}
    for match in _SIDE.finditer(claims):
        if match[2] in told and f"{match[1]}{match[2]}" not in reply:
            return match[0], f"{told[match[2]]}{match[2]}"
    return None


def named(text: str) -> list[Named]:
    found = (one for one in named_in(text) if one.kind in PLACES and not _NO_NAME.search(one.core))
    return [one for one in found if len(vocabulary.COMMON.sub("", one.core)) >= 2]


def is_told(one: Named, text: str) -> bool:
    """Whether the text has the name, or the two signs that tell it from others."""
    if one.kind == ESTATE and one.name[-2:] in text:
        return True
    return one.core[-2:] in text or (one.kind in (SCHOOL, HOSPITAL, FIRM) and one.core[:2] in text)


def other_name(claims: str, reply: str) -> tuple[str, str] | None:
    """A place or firm the claims name and the reply does not, where the reply names another of its kind."""
    told = normalise(reply)
    ours = named(claims)
    if not ours or any(is_told(one, told) for one in ours):
        return None
    theirs = [one for one in named(own(reply)) if not is_told(one, normalise(claims))]
    kinds = {one.kind for one in ours}
    return next(((ours[0].name, one.name) for one in theirs if one.kind in kinds), None)


def not_at(claims: str, reply: str) -> str:
    """Where the petitioner says they worked, bought, stayed, if the reply has no two signs of it; else empty."""
    for match in _AT.finditer(claims):
        other = _DONE_AT.search(reply)
        place = re.sub(r"^(?:你们|我们|该|这家|一家|某)", "", match[1])
        if other and len(place) >= 3 and not bigrams(normalise(place)) & bigrams(normalise(reply)):
            return place
    return ""


def figures(text: str) -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for number, myriad, unit in _FIGURE.findall(text):
        found.setdefault(unit, set()).add(round(float(number) * (10_000 if myriad else 1), 2))
    return found


def figures_passed_over(claims: str, reply: str) -> list[str]:
    """Figures of the claims that the reply does not have while it has others of their unit."""
    asked, told = figures(claims), figures(reply)
    return [
        f"{one:g}{unit}"
        for unit, ours in asked.items()
        for one in sorted(ours)
        if unit in told and one not in told[unit] and not any(abs(one - two) <= 0.05 * one for two in told[unit])
    ]


def counted_out(claim: str, reply: str) -> str:
    """How many of something the claim speaks of, where the reply speaks of one only; empty where it does not."""
    told = _LISTED.search(claim)
    unit = told and (told[1] or told[2])
    if not told or not unit or not re.search(_ONE.format(unit=unit), reply):
        return ""
    return told[0] if not re.search(_SEVERAL.format(unit=unit), reply) else ""


def left_out(claim: str, reply: str) -> list[str]:
    """Of several numbers of one kind that the claim lists, those the reply does not name while it names others."""
    asked, told = numbers(claim), numbers(reply)
    return [
        f"{one}{kind}"
        for kind, ours in asked.items()
        for one in sorted(ours)
        if len(ours) >= 2 and ours & told[kind] and one not in told[kind] and not _stands(one, reply)
    ]


def demands(claim: str) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """What a claim demands: the words of it, the pattern that found it, and that in which one is met or refused. What
    is told before the first 要求, 请 is how it came, no demand."""
    parts = re.split(r"[，；、。]|并(?=[查要退赔公恢检修])|同时|以及", claim)
    first = next((at for at, part in enumerate(parts) if _DEMANDING.search(part)), 0)
    found = []
    for part in parts[first:]:
        for demanded, answered in vocabulary.DEMANDS:
            if match := demanded.search(part):
                found.append((match[0], demanded, answered))
                break
    return found


def unmet(claim: str, told: str, *, refused: bool, settled: bool = False) -> list[str]:
    """The demands of a claim for which the reply has none of the words in which one is met or refused. Of a claim
    that was `refused` only what was to be found out counts: nothing had to be done; where it is `settled` by deeds or
    by what the petitioner was shown, nobody need be punished."""
    plain = own(told)
    return [
        asked
        for asked, demanded, answered in demands(claim)
        if not (refused and demanded.pattern not in vocabulary.TO_FIND_OUT)
        and not (settled and demanded.pattern == vocabulary.TO_STOP)
        and not answered.search(plain)
    ]


def hours(text: str) -> set[int]:
    """The hours of the day a text speaks of; empty where it speaks of none."""
    found: set[int] = set()
    for word, told in _SPOKEN.items():
        if word in text:
            found |= set(told)
    exact: set[int] = set()
    for match in _HOUR.finditer(text):
        number = int(match[2]) if match[2].isdigit() else _spoken(match[2])
        if number is None or text[max(0, match.start() - 1) : match.start()] in ("小", "第"):
            continue
        part = match[1] or ""
        if part[:1] in ("晚", *AT_NIGHT) and number == 12:
            number = 0
        elif (part[:1] in AFTER_NOON and number < 12) or (part[:1] in AT_NIGHT and 6 <= number < 12):
            number += 12
        exact.add(number % 24)
    for match in _SPAN.finditer(text):
        first, last = int(match[2]) % 24, int(match[3]) % 24
        if match[1] and 6 <= first < 12:
            first += 12
        exact |= {(first + one) % 24 for one in range((last - first) % 24 + 1)}
    return exact | found if not exact else exact | {one for one in found if _near(one, exact)} | _words_only(text)


def _words_only(text: str) -> set[int]:
    """Night words stand for themselves, whatever hours are told besides."""
    return set(_SPOKEN["夜"]) if re.search("夜查|夜间|连夜|当晚", text) else set()


def _near(hour: int, others: set[int]) -> bool:
    return any(min((hour - one) % 24, (one - hour) % 24) <= 1 for one in others)


def _spoken(number: str) -> int | None:
    if number == "十":
        return 10
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.get(number)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def at_other_hours(claims: str, reply: str) -> bool:
    """Whether the claims speak of hours at which, by the reply, nobody looked."""
    asked, told = hours(claims), hours(reply)
    return bool(asked and told) and not any(_near(one, told) for one in asked)


def passes_over_hours(claims: str, reply: str) -> bool:
    """Whether the claims speak of the night, or of weekends, and the reply tells no hour or only working days."""
    if _WEEKEND.search(claims) and not _WEEKEND.search(reply):
        return True
    asked = hours(claims)
    night = bool(asked) and all(one >= 18 or one < 6 for one in asked)
    return night and not hours(reply)


def evidence_passed_over(claims: str, reply: str) -> str:
    """What the petitioner says there is to prove it and the reply does not speak of; empty where there is none."""
    return next((one for one in _HAS.findall(claims) if not re.search(_EVIDENCE[one], reply)), "")


def other_person(claims: str, reply: str) -> bool:
    """Asked for a parent or child, and another of the family or the petitioner's own means looked into."""
    for role in _ROLES:
        if re.search(role, claims) and not re.search(role, reply):
            others = "|".join(one for one in _ROLES if not re.search(one, claims))
            if re.search(rf"(?:您|其|信访人)的?(?:{others})", reply):
                return True
    looked = re.search(r"信访人[^。；]{0,24}(?:收入|就业|名下|家庭|现居|户籍)", reply)
    return _KIN.search(claims) is not None and looked is not None and not _KIN_TOLD.search(reply)


def years(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"(20\d\d)年", text)]


def shorter(claim: str, told: str) -> str:
    """The length a claim complains of, where the lengths told of make up less than half of it; else empty."""
    asked = [(float(number) * (1 if unit == "米" else 1000), number + unit) for number, unit in _LENGTH.findall(claim)]
    done = [float(number) * (1 if unit == "米" else 1000) for number, unit in _LENGTH.findall(told)]
    longest = max(asked, default=(0.0, ""))
    return longest[1] if done and longest[0] >= STRETCH_OF_ROAD and max(done) < longest[0] / 2 else ""


def other_years(claim: str, told: str) -> str:
    """The years whose papers a claim asks for, where the papers told of by title are of other years only."""
    span = _YEARS.search(claim)
    titles = [int(year) for title in re.findall("《([^》]*)》", told) for year in re.findall(r"(20\d\d)年", title)]
    if span is None or not titles or any(int(span[1]) <= one <= int(span[2]) for one in titles):
        return ""
    return span[0]


def measured(text: str) -> list[str]:
    """The clauses that tell at least two different decimal figures, as a measurement does."""
    return [one for one in re.split("[，。；]", text) if len(set(_DECIMAL.findall(one))) >= 2]
