"""判重：把再次来信的话当作正在键入的来信，问产品最像的五件。"""

from random import Random

from bench.million.making.petition_rows import BASE, PLACES
from bench.million.making.texts import TENTH, letter
from bench.million.making.viewers import Viewer
from bench.million.measuring import timing
from bench.million.measuring.goals import DUPLICATES_MS, Line
from bench.million.plan import Plan
from insight.duplicates.similar_petitions import similar
from petitions.models import Petition

ASKED = 120


def measure(plan: Plan, viewer: Viewer) -> dict:
    """Times of the product's own question, and how often the letter told again leads to the first."""
    again = _told_again(plan, plan.asked(ASKED))
    user = viewer.fresh()
    for said in again[:10]:
        similar(user, said.text, said.place)
    times, first, five = [], 0, 0
    for said in again:
        itself = Petition.objects.select_related("submission").filter(pk=BASE + said.number).first()
        found = []
        times.append(
            timing.clocked(lambda s=said, i=itself, f=found: f.extend(similar(user, s.text, s.place, except_for=i)))
        )
        keys = [row.petition.pk for row in found]
        first += keys[:1] == [BASE + said.tells_again]
        five += BASE + said.tells_again in keys[:5]
    mine = timing.told(times)
    note = f"中位 {mine['median_ms']} ms；造出来的再次来信，第一位就是 {first}/{len(again)}，前五 {five}/{len(again)}"
    return {
        "ours": mine,
        "recall_at_1": round(first / len(again), 3),
        "recall_at_5": round(five / len(again), 3),
        "lines": [Line.at_most("判重前五 p95（毫秒）", mine["p95_ms"], DUPLICATES_MS, note)],
    }


def _told_again(plan: Plan, asked: int) -> list:
    """Letters told again whose first telling is loaded, whichever part is."""
    dice, found = Random(plan.petitions * 3 + 1), []
    while len(found) < asked:
        said = letter(dice.randrange(101, max(plan.petitions, 2_000) + 1), PLACES)
        if said.tells_again and said.tells_again <= plan.petitions // TENTH * TENTH:
            found.append(said)
    return found
