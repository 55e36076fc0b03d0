"""认定：属实的、不属实的都写理由；漏了的由人补记。只记在核查项上，不改信访件，不自动追究。"""

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Func, JSONField, Q, Value

from accounts.authority import require
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.hollow.nightly import check_of, closing_of
from supervision.hollow.weights import Code
from supervision.models import CheckState, Ground, HollowCheck, Order

REQUIREMENT = (
    "请对照诉求逐项重新核实，说明已经做到什么、没有做到的何时由谁做到，并附凭证；处理意见确有错误的，依法自行纠正。"
)
LONGEST = 1000  # 字


class Record(NamedTuple):
    """How often one signal was right: of the checks judged that bear it, so many were confirmed."""

    label: str
    confirmed: int
    judged: int

    @property
    def percent(self) -> float | None:
        return 100 * self.confirmed / self.judged if self.judged else None


def seen_by(user):
    """The checks on petitions the user may put under order; confidential ones and reports never (第三十条)."""
    seen = Petition.objects.visible_to(user, Act.ORDER).filter(secrecy=0, accused_organ=None)
    return HollowCheck.objects.among(seen)


@transaction.atomic
def judge(check: HollowCheck, *, by, verdict: str, words: str) -> HollowCheck:
    """认定, confirmed or dismissed: once; whoever comes second is told by whom it was judged.

    Raises Refused with a sentence, PermissionDenied.
    """
    require(by, Act.ORDER, check.petition)
    held = HollowCheck.objects.select_for_update(of=("self",)).select_related("verdict_by").get(pk=check.pk)
    if not held.is_open:
        who = held.verdict_by.name if held.verdict_by else "系统"
        raise Refused(f"{who}已于 {held.verdict_at:%m-%d %H:%M} 认定“{held.get_state_display()}”，没有再记一次")
    if verdict not in (CheckState.CONFIRMED, CheckState.DISMISSED):
        raise Refused("请选择属虚假办结，还是不属虚假办结")
    if not words.strip():
        raise Refused("请写明认定的理由：看了哪些材料，为什么属于或者不属于虚假办结")
    held.state = verdict
    held.verdict, held.verdict_by, held.verdict_at = words.strip(), by, now()
    held.save(update_fields=["state", "verdict", "verdict_by", "verdict_at"])
    return held


@transaction.atomic
def add_missed(number: str, *, by, words: str) -> HollowCheck:
    """“这件也是”: a hollow closing nobody was pointed to, by its number. Raises Refused, PermissionDenied."""
    seen = Petition.objects.visible_to(by, Act.ORDER).filter(secrecy=0, accused_organ=None)
    petition = seen.filter(number=number.strip()).select_related("submission", "organ").first()
    if petition is None:
        raise Refused("没有这件信访事项，或者您的岗位不能对它督办，请核对编号")
    require(by, Act.ORDER, petition)
    if not words.strip():
        raise Refused("请写明为什么属于虚假办结")
    closing = closing_of(petition)
    if closing is None:
        raise Refused(f"{petition.number} {petition.get_state_display()}，没有办结，不能记为虚假办结")
    check = check_of(closing)
    check.by_hand, check.state = True, CheckState.CONFIRMED
    check.verdict, check.verdict_by, check.verdict_at = words.strip(), by, check.opened_at
    try:
        with transaction.atomic():
            check.save()
    except IntegrityError as there:
        raise Refused(f"{petition.number} 的这次办结已在清单里，请在清单里认定") from there
    return check


def records(checks) -> list[Record]:
    """Of each signal, confirmed and judged among the given checks, those added by hand left out; one query."""
    code = Func(F("signals"), Value("$[*].code"), function="jsonb_path_query", output_field=JSONField())
    rows = (
        checks.judged()
        .filter(by_hand=False)
        .annotate(code=code)
        .values("code")
        .annotate(
            judged=Count("pk", distinct=True),
            confirmed=Count("pk", filter=Q(state=CheckState.CONFIRMED), distinct=True),
        )
    )
    counted = {row["code"]: row for row in rows}
    return [Record(code.label, counted[code]["confirmed"], counted[code]["judged"]) for code in Code if code in counted]


def counts(checks) -> dict[str, int]:
    """Open, confirmed, dismissed of those pointed to, and how many were missed; one query."""
    found = Q(by_hand=False)
    return checks.aggregate(
        open=Count("pk", filter=Q(state=CheckState.OPEN)),
        confirmed=Count("pk", filter=found & Q(state=CheckState.CONFIRMED)),
        dismissed=Count("pk", filter=found & Q(state=CheckState.DISMISSED)),
        missed=Count("pk", filter=~found),
    )


def in_words(petition: Petition) -> str:
    """What an order about the petition would say of its hollow closing; empty where none was confirmed, or one on
    推诿、敷衍 was issued since."""
    check = petition.hollow_checks.confirmed().order_by("-verdict_at").first()
    if check is None:
        return ""
    since = Order.objects.filter(petition=petition, ground=Ground.SV05, issued_at__gte=check.verdict_at)
    if since.exists():
        return ""
    reasons = "；".join(check.reasons) or check.verdict
    return f"本件 {check.closed_on:%Y-%m-%d} 办结，经核查属虚假办结：{reasons}。"
