"""从信访人原话里分出一项项诉求，供登记员核对。只分行，不改写。Pure."""

import re

MOST = 20
_WORDS = "[一二三四五六七八九十]{1,2}"
_RINGED = rf"(?:[①-⑳]|[(（](?:[1-9]\d?|{_WORDS})[)）])"
_PLAIN = rf"(?:[1-9]\d?[.、．)）]|{_WORDS}、|{_WORDS}是|第{_WORDS}[,，、：:])"
# 没有圈和括号的序号只在句首、标点之后才算：“3.5 元”“12、13 号楼”不是两项诉求
_NUMBERED = re.compile(rf"{_RINGED}\s*|(?:^|(?<=[\n。；;：:！？!?，,、\s]))\s*{_PLAIN}(?!\d)\s*")
_LEAD_IN = re.compile(r"(?:诉求|请求|要求|希望|恳请|请)(?:事项|如下|是|为|有)*\s*[：:]\s*")
_WISH = re.compile(
    r"(?:要求|请求|希望|恳请|建议|望|请)(?:贵(?:单位|街道|局|办))?(?![假柬客问安愿])(?P<what>[^。！？!?\n]{2,})"
)
_EDGES = " \t\r\n。；;，,、：:"


def split(text: str) -> list[str]:
    """The demands in the text, in its order and words: numbered ones, else what follows 要求：, else the sentence
    that asks for something, else the first sentence. Empty for an empty text."""
    text = text.strip()
    if not text:
        return []
    return _numbered(text) or _after_lead_in(text) or _wishes(text) or [_first_sentence(text)]


def _numbered(text: str) -> list[str]:
    """The longest run 1, 2, 3 … of numbered items; one alone is not a list."""
    tail = text
    lead = list(_LEAD_IN.finditer(text))
    if lead and len(_NUMBERED.findall(text[lead[-1].end() - 1 :])) > 1:
        tail = text[lead[-1].end() - 1 :]
    marks = list(_NUMBERED.finditer(tail))
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(tail)]
    items = [_item(tail[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    items = [item for item in items if item]
    return items[:MOST] if len(items) > 1 else []


def _item(piece: str) -> str:
    """One item ends with its line; what follows in a new paragraph belongs to none."""
    return piece.strip(_EDGES).split("\n")[0].strip(_EDGES)


def _after_lead_in(text: str) -> list[str]:
    lead = list(_LEAD_IN.finditer(text))
    if not lead:
        return []
    parts = re.split(r"[；;。\n]", text[lead[-1].end() :])
    return [part.strip(_EDGES) for part in parts if len(part.strip(_EDGES)) > 1][:MOST]


def _wishes(text: str) -> list[str]:
    found = [match["what"].strip(_EDGES) for match in _WISH.finditer(text)]
    return [what for what in found if len(what) > 1][:MOST]


def _first_sentence(text: str) -> str:
    return re.split(r"[。！？!?\n]", text)[0].strip(_EDGES)[:200] or text[:200]


def lines(typed: str) -> list[str]:
    """The demands of the editable list, one a line; a number the clerk typed in front is not part of it."""
    bare = (re.sub(rf"^\s*(?:{_RINGED}|{_PLAIN}(?!\d))\s*", "", line).strip() for line in typed.splitlines())
    return [line for line in bare if line]
