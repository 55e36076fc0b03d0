"""新来的件：演示件里的事换了人、换了地方、换了数目，在今天又发生了一次；少数是同一个人再来。只编，不碰数据库。"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from config.demo.story.reader import Tale

# 有前因后果、只有一件的走向，不再讲第二遍
ONCE = {"carried", "declined", "designated", "disputed", "filed", "merged", "not_again", "referred", "split"}
SPLIT_AT = re.compile(r"(?<=[。？！])")
NUMBER = re.compile(r"(?<![0-9.年月第])([1-9][0-9]{0,2})(?=号楼|单元|室|户|个|人|天|元|多)")
OPENINGS = (
    "这件事已经说不清找过多少人了，今天写下来。",
    "我是这里的老住户，先把情况说清楚。",
    "打了几次电话都让等，只好再正式反映一次。",
    "街坊们让我代笔，下面说的都有照片。",
    "冬天快到了，这事不能再拖。",
    "头一回反映问题，写得不好请见谅。",
)
ENDINGS = (
    "请派人到现场看一看，给个准日子。",
    "能办到哪一步、办不到的为什么，请给书面答复。",
    "白天都能接电话，方便时请联系我。",
    "只求有人管，别再推来推去。",
    "材料我都留着，需要随时可以送过去。",
)
AGAIN = (
    "上次反映以后来人看过，可问题还在。",
    "上回登记的那件到今天没有动静，我再来问一次。",
    "又过去这些天，情况比上次还重了。",
)


class Teller:
    """Invents what comes in, from the tales of the demo file. The same dice tell the same."""

    def __init__(self, tales: Sequence[Tale], streets: dict[str, str]):
        """`streets`: territory → code of the street or town office there."""
        plain = [tale for tale in tales if tale.story not in ONCE and tale.kind != "report" and not tale.earlier]
        self.models = [tale for tale in plain if tale.name and not tale.repeat_of and not tale.group_of]
        self.streets = streets
        self.families = [tale.name for tale in tales if tale.name and not tale.is_organisation and len(tale.name) <= 4]
        self.places: dict[tuple[str, str], list[Tale]] = defaultdict(list)
        for tale in tales:
            self.places[tale.territory[:8], tale.place[-1:]].append(tale)

    def told(self, key: str, dice: Random) -> Tale:
        """A new tale, `key` its id: other people at another place, in words a little other than the model's."""
        model = dice.choice(self.models)
        near = self.places[model.territory[:8], model.place[-1:]]
        there = dice.choice([tale for tale in near if tale.place != model.place] or near)
        name, sex = model.name, model.sex
        if not model.is_organisation:
            name, sex = self._name(dice)
        organ, handler = (self._moved(code, model, there) for code in (model.organ, model.handler))
        others = tuple(self._name(dice)[0] for _ in model.representatives)
        text = model.text.replace(model.place, there.place).replace(model.name, name)
        return replace(
            model,
            id=key,
            organ=organ,
            handler=handler,
            days_ago=0,
            place=there.place,
            territory=there.territory,
            text=_reworded(text, dice),
            claims=tuple(claim.replace(model.place, there.place) for claim in model.claims),
            name=name,
            sex=sex,
            birth=_born(dice) if model.birth else None,
            address=_elsewhere(there.address, dice),
            phone=_phone(dice) if model.phone else "",
            representatives=others,
            flags=model.flags - {"sponsored"},
            about="",
            accused="",
            accused_organ="",
        )

    def once_more(self, key: str, earlier: Tale, dice: Random) -> Tale:
        """The same person about the same thing, in other words: linked as a repeat by whoever takes it down."""
        text = dice.choice(AGAIN) + "".join(SPLIT_AT.split(earlier.text)[-3:])
        channel = dice.choice(("visit", "call", "web"))
        return replace(earlier, id=key, text=text, channel=channel, repeat_of=earlier.id, flags=frozenset())

    def _moved(self, code: str, model: Tale, there: Tale) -> str:
        """The street office of the other place where it was the street's; bureaus and petition offices stay."""
        return self.streets.get(there.territory, code) if code == self.streets.get(model.territory) else code

    def _name(self, dice: Random) -> tuple[str, str]:
        one, other = dice.choice(self.families), dice.choice(self.families)
        return one[:1] + other[1:], dice.choice("男女")


def _reworded(text: str, dice: Random) -> str:
    """Other numbers, an opening, an ending, now and then one sentence less."""
    parts = [part for part in SPLIT_AT.split(text) if part.strip()]
    if len(parts) > 2 and dice.random() < 0.5:
        del parts[dice.randrange(1, len(parts))]
    told = NUMBER.sub(lambda found: str(max(2, int(found[1]) + dice.randint(-3, 7))), "".join(parts))
    opening = dice.choice(OPENINGS) if dice.random() < 0.6 else ""
    ending = dice.choice(ENDINGS) if not opening or dice.random() < 0.6 else ""
    return f"{opening}{told}{ending}"


def _elsewhere(address: str, dice: Random) -> str:
    """Another flat of the same estate."""
    building = re.sub(r"[0-9]+(?=号楼)", str(dice.randint(1, 16)), address)
    return re.sub(r"[0-9]+(?=单元)", str(dice.randint(1, 5)), building)


def _born(dice: Random) -> date:
    return date(1948, 1, 1) + timedelta(days=dice.randrange(365 * 52))


def _phone(dice: Random) -> str:
    return f"138000{dice.randrange(100_000):05d}"
