"""住址怎么写都是同一处：全半角、空格标点、一号与1号、幢与号楼不同的，归到同一把键。

Only the way of writing is levelled. What one address says and another leaves out (区、街道、室) still tells them apart:
a key that joins two households would name the wrong neighbour to the clerk.
"""

import re
import unicodedata

from accounts.privacy import keyed_hash
from rulebook.statute.citations import number_of

_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十百]+(?=号|栋|幢|座|楼|层|单元|门|室|户|组|队|弄)")
_BETWEEN = re.compile(r"[^\w-]|_|(?<!\d)-|-(?!\d)")
_PART = re.compile(r"(?<=\d)(?:号楼|栋|幢|座|单元|门)(?=\d)")
_BUILDING, _ROOM = re.compile(r"(?<=\d)(?:号楼|幢|座)"), re.compile(r"(?<=\d)[室户号]$")
_DASHES = str.maketrans("－—–‐−~～", "-------")


def address_key(address: str) -> str:
    """The keyed hash an address is found by, the same for every way of writing it; empty for an empty address."""
    return keyed_hash(_level(address))


def _level(address: str) -> str:
    """柳岸路一号 ３幢2单元 501室 → 柳岸路1号3-2-501."""
    folded = unicodedata.normalize("NFKC", address.translate(_DASHES)).casefold()
    numbered = _HAN_NUMBER.sub(lambda match: str(number_of(match.group())), "".join(folded.split()))
    parted = _PART.sub("-", _BETWEEN.sub("", numbered))
    return _ROOM.sub("", _BUILDING.sub("栋", parted))
