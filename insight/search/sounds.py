"""姓名怎么读：同音、近音、全拼、首字母各成一把键。窗口前听来的名字，写成哪个字往往要猜。

Pure: what a name sounds like, in plain words. Nothing of it is stored as it is; see insight.search.marks.
"""

import os
import unicodedata
from functools import cache
from itertools import islice, product
from operator import eq

MOST_READINGS = 24  # of one name: 单、曾、解 each have several
LONGEST_NAME = 6  # signs; beyond that it is a text, not a name
_UMLAUT = "\u0308"
# 南方口音与听岔：平翘舌、前后鼻音不分
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def sounds(name: str) -> set[str]:
    """Every key a folded Han name is found by: `~` as it sounds, `=` in full pinyin, `:` by initials.

    Empty for what is no Han name of two to six signs. A sign of several readings gives a key for each of them.
    """
    if not 2 <= len(name) <= LONGEST_NAME:
        return set()
    readings = [_readings(sign) for sign in name]
    if not all(readings):
        return set()
    spoken = list(islice(product(*readings), MOST_READINGS))
    return (
        {"~" + " ".join(map(_blurred, syllables)) for syllables in spoken}
        | {"=" + "".join(syllables) for syllables in spoken}
        | {":" + "".join(syllable[0] for syllable in syllables) for syllables in spoken}
    )


def asked_as(word: str) -> set[str]:
    """The keys a folded word of a query asks for: a Han name by its sound, Latin letters as pinyin or initials."""
    if word.isascii() and word.isalpha() and 2 <= len(word) <= LONGEST_NAME * 6:
        return {"=" + word, ":" + word} if len(word) <= LONGEST_NAME else {"=" + word}
    return {key for key in sounds(word) if key.startswith("~")}


def sound_alike(one: str, other: str) -> bool:
    """Whether two folded names, most of whose signs are the same, sound the same where they differ: 金贸 and 金茂."""
    if len(one) != len(other) or 2 * sum(map(eq, one, other)) < len(one):
        return False
    apart = [(ours, theirs) for ours, theirs in zip(one, other, strict=True) if ours != theirs]
    return 0 < len(apart) <= len(one) // 2 and all(set(_readings(a)) & set(_readings(b)) for a, b in apart)


@cache
def _dictionary() -> dict[int, str]:
    """Sign → its readings with tone marks, the commonest first. Read when first needed."""
    # 只要单字读音：不读词语表，省下三十来兆内存
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def _readings(sign: str) -> tuple[str, ...]:
    """The readings of a sign without tones, each once; ü as v, as it is typed."""
    return tuple(dict.fromkeys(_plain(reading) for reading in _dictionary().get(ord(sign), "").split(",") if reading))


def _plain(reading: str) -> str:
    apart = unicodedata.normalize("NFD", reading).replace("u" + _UMLAUT, "v").replace("ü", "v")
    return "".join(sign for sign in apart if sign.isascii() and sign.isalpha())


def _blurred(syllable: str) -> str:
    for clear, blurred in _ALIKE:
        if clear.endswith("h"):
            syllable = blurred + syllable[2:] if syllable.startswith(clear) else syllable
        else:
            syllable = syllable.removesuffix(clear) + blurred if syllable.endswith(clear) else syllable
    return syllable
