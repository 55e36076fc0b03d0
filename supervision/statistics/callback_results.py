"""回访的结果：抽查属实的预填成督办单（SV09），各单位回访了多少、解决率多少。是否督办由人决定。"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from petitions.models import CallBack, Petition
from petitions.service.callback.models import REACHED, Finding, Outcome
from rulebook.timekeeping import today
from supervision.models import Ground, Order

REQUIREMENT = (
    "请对照信访人不满意的地方逐项核实、整改，说明做了什么、没有做到的何时做到；处理意见确有错误的，依法自行纠正。"
)


@dataclass(frozen=True)
class Record:
    """What came of the call-backs about one rated organ, with the marks by which each number leads to its petitions."""

    organ: int
    name: str
    done: int
    reached: int
    solved: int
    confirmed: int

    @property
    def share(self) -> float | None:
        return share(self.solved, self.reached)


def share(solved: int, reached: int) -> float | None:
    """解决率：回访中说问题已解决的 ÷ 接通并回答了的, in percent; None where nobody answered."""
    return 100 * solved / reached if reached else None


def of_scope(scope, user, day: date) -> QuerySet:
    """Concluded call-backs on petitions of the scope whose ratings the user may see. The organ rated finds its own
    there once the window is over, so that no single rating can be read off before."""
    return CallBack.objects.done().seen_by(user, day).filter(rating__petition__in=scope.values("pk"))


def by_organ(found: QuerySet) -> list[Record]:
    """The records, organ by organ, those with most call-backs first; one query."""
    rows = (
        found.values(pk=F("rating__organ"), name=F("rating__organ__short_name"))
        .annotate(
            done=Count("id"),
            reached=Count("id", filter=Q(outcome__in=REACHED)),
            solved=Count("id", filter=Q(outcome=Outcome.SOLVED)),
            confirmed=Count("id", filter=Q(finding=Finding.CONFIRMED)),
        )
        .order_by("-done", "pk")
    )
    return [
        Record(row["pk"], row["name"], row["done"], row["reached"], row["solved"], row["confirmed"]) for row in rows
    ]


def total(records: list[Record]) -> Record:
    """All organs together."""
    sums = (sum(getattr(one, name) for one in records) for name in ("done", "reached", "solved", "confirmed"))
    return Record(0, "合计", *sums)


def in_words(petition: Petition, user) -> str:
    """What an order about the petition would say of a rating that was confirmed by call-back; empty where none was, the
    user may not see it, its window still runs, or an order on it was issued since."""
    found = CallBack.objects.confirmed(today()).filter(rating__petition=petition).seen_by(user, today())
    one = found.select_related("rating__organ").order_by("-concluded_at").first()
    if one is None:
        return ""
    since = Order.objects.filter(petition=petition, ground=Ground.SV09, issued_at__gte=one.concluded_at)
    if since.exists():
        return ""
    rating = one.rating
    return (
        f"信访人评价{rating.organ.short_name}不满意（{rating.get_reason_display()}），"
        f"{one.concluded_at:%Y-%m-%d} 回访：{one.get_outcome_display()}，{one.get_finding_display()}。"
    )
