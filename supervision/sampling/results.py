"""评查结果：按单位、按项目、按两人的一致程度。只报单位，不报个人；区间重叠的，分不出高低。"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from petitions.models import Petition
from rulebook.acts import Act
from supervision.models import Answer, Reading, SampledPetition, SamplePlan
from supervision.sampling.estimates import Estimate, Layer, kappa, stratified_mean, wilson

WEAKEST = 8  # 项


@dataclass(frozen=True)
class OrganResult:
    """One organ: how many ended, were drawn and are settled; its score and the share that pass, with intervals."""

    name: str
    population: int
    drawn: int
    settled: int
    score: Estimate | None
    passed: Estimate | None


@dataclass(frozen=True)
class ItemResult:
    """One item of the sheet: how often it was kept to, of the petitions it applied to."""

    code: str
    words: str
    kept: int
    applied: int
    share: Estimate | None


@dataclass(frozen=True)
class PartResult:
    """One part of the sheet: how far the two readers agree on it."""

    label: str
    kappa: float | None


@dataclass(frozen=True)
class Results:
    """Everything the page shows. With petitions still unsettled it is provisional."""

    organs: list[OrganResult]
    whole: OrganResult
    items: list[ItemResult]
    parts: list[PartResult]
    kappa: float | None
    below: list[tuple[SampledPetition, float]]

    @property
    def weakest(self) -> list[ItemResult]:
        """The items least often kept to, of those that applied to anything."""
        asked = [one for one in self.items if one.applied]
        return sorted(asked, key=lambda one: (one.share.value, one.code))[:WEAKEST]

    @property
    def is_final(self) -> bool:
        return self.whole.settled == self.whole.drawn


def of(plan: SamplePlan, user) -> Results:
    """The plan's results; `below` names the petitions under the pass mark that the user may see. Four queries."""
    sheet = plan.sheet
    settled = plan.sampled.exclude(settled_at=None).order_by("place")
    rows = [(stratum, answers, sheet.score(answers)) for stratum, answers in settled.values_list("stratum", "answers")]
    by_stratum: dict[int, list[float]] = defaultdict(list)
    for stratum, _, score in rows:
        by_stratum[stratum].append(score)
    strata_of: dict[str, list[int]] = defaultdict(list)
    for n, stratum in enumerate(plan.strata):
        strata_of[stratum["organ"]].append(n)
    organs = [_organ(plan, plan.strata[strata[0]]["name"], strata, by_stratum) for strata in strata_of.values()]
    pairs = _pairs(plan)
    return Results(
        organs=sorted(organs, key=lambda one: one.name),
        whole=_organ(plan, "合计", range(len(plan.strata)), by_stratum),
        items=[_item(item, [answers for _, answers, _ in rows]) for item in sheet.items],
        parts=[
            PartResult(part["label"], kappa([pairs_of for item in part["items"] for pairs_of in pairs[item["code"]]]))
            for part in sheet.parts
        ],
        kappa=kappa([pair for found in pairs.values() for pair in found]),
        below=_below(plan, user),
    )


def _organ(plan, name, strata, by_stratum) -> OrganResult:
    layers = [Layer(plan.strata[n]["population"], tuple(by_stratum[n])) for n in strata]
    scores = [score for layer in layers for score in layer.values]
    population = sum(layer.population for layer in layers)
    return OrganResult(
        name=name,
        population=population,
        drawn=sum(plan.strata[n]["drawn"] for n in strata),
        settled=len(scores),
        score=stratified_mean(layers),
        passed=wilson(
            sum(score >= plan.sheet.pass_mark for score in scores), len(scores), whole=len(scores) == population
        ),
    )


def _item(item: dict[str, Any], every: list[dict[str, str]]) -> ItemResult:
    asked = [answers[item["code"]] for answers in every if answers[item["code"]] != Answer.NA]
    kept = sum(answer == Answer.YES for answer in asked)
    return ItemResult(item["code"], item["words"], kept, len(asked), wilson(kept, len(asked)))


def _pairs(plan) -> dict[str, list[tuple[str, str]]]:
    """Of each item, the answers of first and second reader where both sheets are in: before the third settled it."""
    handed = Reading.objects.filter(sampled__plan=plan).exclude(done_at=None).order_by("sampled", "seat")
    sheets: dict[int, list[dict[str, str]]] = defaultdict(list)
    for key, answers in handed.values_list("sampled_id", "answers"):
        sheets[key].append(answers)
    both = [found for found in sheets.values() if len(found) == 2]
    return {
        item["code"]: [(first[item["code"]], second[item["code"]]) for first, second in both]
        for item in plan.sheet.items
    }


def _below(plan, user) -> list[tuple[SampledPetition, float]]:
    seen = Petition.objects.visible_to(user, Act.SAMPLE)
    found = (
        plan.sampled.exclude(settled_at=None)
        .filter(petition__in=seen.values("pk"))
        .select_related("petition__organ")
        .order_by("place")
    )
    scored = [(one, plan.sheet.score(one.answers)) for one in found]
    return sorted((row for row in scored if row[1] < plan.sheet.pass_mark), key=lambda row: (row[1], row[0].place))
