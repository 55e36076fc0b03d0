"""质量评查：走完以后，区信访办抽一批近四个月了结的件，评了一部分，留一件等定分、几份等评查人填。"""

from datetime import timedelta
from random import Random

from accounts.models import User
from rulebook.timekeeping import today
from supervision.models import SamplePlan
from supervision.sampling import plans, population, scoring

OWNER, READERS = "super1", ("dhead1", "dchief1", "csuper1", "cchief1")
SIZE = 16
CARELESS = 0.12  # 没有做到的占多少
SEED = "云河区二〇二六年第四次"


def draw_and_judge() -> SamplePlan | None:
    """None where nothing ended in the period. The same city gives the same list and the same sheets."""
    people = User.objects.select_related("organ__office").in_bulk([OWNER, *READERS], field_name="username")
    since, until = today() - timedelta(days=120), today() - timedelta(days=1)
    found = population.ended(people[OWNER], since, until)
    if not found:
        return None
    plan, _ = plans.make(
        people[OWNER],
        name=f"{today():%Y-%m} 办结件质量评查",
        readers_named=[people[name] for name in READERS],
        since=since,
        until=until,
        size=max(SIZE, len({one.organ for one in found})),
        seed=SEED,
        by_category=False,
        by_ending=False,
    )
    seated = plans.with_sheets(plan.sampled.all()).filter(assigned=2)  # 多半都经手过的，可能缺一名
    judged = list(seated.order_by("place")[: plan.sampled.count() * 3 // 5])
    for sampled in judged:
        _judge(sampled, people[OWNER], waits=sampled == judged[-1])
    return plan


def _judge(sampled, owner, *, waits: bool) -> None:
    """Both sheets; on every third petition they differ on an item, which the owner settles. One waits for that."""
    dice = Random(f"{SEED}{sampled.place}")
    sheet = sampled.plan.sheet
    answers = {item["code"]: "no" if dice.random() < CARELESS else "yes" for item in sheet.items}
    apart = waits or sampled.place % 3 == 0
    for one in sampled.readings.select_related("reader__organ").order_by("seat"):
        differs = {"R3": "no" if answers["R3"] == "yes" else "yes"} if one.seat == 2 and apart else {}
        scoring.save(one, by=one.reader, answers=answers | differs, remark="", version=0, hand_in=True)
    if apart and not waits:
        scoring.settle(sampled, by=owner, decided={"R3": ("no", "核对案卷，内容分类与诉求不符。")})
