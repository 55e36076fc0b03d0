"""检索文档里不是文字的词：编到多少、年份、在谁那里、姓名怎么读。它们只把范围缩小；谁能看，始终由职权判断。

`#` cannot occur in a folded text, so no word of anybody's can be mistaken for a mark.
"""

from collections.abc import Iterable

from accounts.authority import standing
from accounts.models import Organ, Reach
from accounts.privacy import keyed_hash
from insight.search.normal_form import normalise, year_lexeme
from insight.search.sounds import asked_as, sounds
from rulebook.acts import Act

SOUNDS_ALIKE = "姓名读音相近"  # why a petition is shown
DIGITS = 16  # hex, of a keyed hash: 64 bits
STRETCH = 10_000  # neighbouring keys that bear one mark
STRETCHES = 30


def of_document(key: int, year: int, involvements: Iterable, names: Iterable[str]) -> list[str]:
    """The marks of one petition: where its key lies, its year, whoever is involved now (with all above them), how its
    names sound.

    `involvements` are current rows with their organ; `names` only such as may be searched at all.
    """
    marks = {_stretch(key // STRETCH), year_lexeme(year)}
    for row in involvements:
        marks.update(_organ(key) for key in row.organ.ancestor_ids)
        if row.post_id:
            marks.add(f"#p{row.post_id}")
        if row.user_id:
            marks.add(f"#u{row.user_id}")
    for name in names:
        marks.update(map(_sealed, sounds(normalise(name))))
    return sorted(marks)


def within(user) -> list[str] | None:
    """Marks of which every petition that the user may see bears at least one; None where that would leave nothing out.

    A superset of what the user may see, never a permission: `visible_to` decides in the same query.
    """
    marks: set[str] = set()
    for claim in standing(user).of(Act.VIEW):
        organ = claim.seat.organ
        match claim.reach:
            case Reach.CITY:
                return None
            case Reach.TERRITORY:
                marks.update(map(_organ, _topmost(organ.office.territory)))
            case Reach.SUBTREE:
                marks.add(_organ(organ.pk))
            case Reach.OWN:
                marks.add(_organ(organ.office_id))
            case Reach.POST:
                marks |= {_organ(organ.pk), f"#p{claim.seat.post_id}"}
            case Reach.SELF:
                marks.add(f"#u{user.pk}")
    return sorted(marks)


def between(lower: int, upper: int) -> list[str] | None:
    """Marks of which every petition whose key lies from `lower` to below `upper` bears one, and few others do; None
    where there would be too many of them to be worth asking."""
    stretches = range(lower // STRETCH, (upper - 1) // STRETCH + 1)
    return list(map(_stretch, stretches)) if len(stretches) <= STRETCHES else None


def sounding(words: Iterable[str]) -> list[str]:
    """Marks of the names that a query's folded words may be meant for."""
    return sorted({_sealed(key) for word in words for key in asked_as(word)})


def _stretch(number: int) -> str:
    return f"#b{number}"


def _organ(key: int) -> str:
    return f"#o{key}"


def _topmost(territory: str) -> list[int]:
    """The organs of a territory that are not below another organ of it; all the rest bear their marks too."""
    if not territory:
        return []
    there = Organ.objects.filter(territory__startswith=territory)
    return list(there.exclude(parent__territory__startswith=territory).values_list("pk", flat=True))


def _sealed(sound: str) -> str:
    """A name's sound as a mark: under the key of this installation nobody reads names out of the index."""
    return "#s" + keyed_hash(f"sound:{sound}")[:DIGITS]
