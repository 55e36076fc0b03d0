"""甄别：案卷里已经写明的事实，交给规则簿得出意见；其余由人问清楚（docs/triage.md）。只提意见，不作决定。"""

from typing import Any

from accounts.models import Level, OrganKind
from petitions.act.states import OPEN
from petitions.joint import earlier_petition
from petitions.models import Petition
from rulebook.triage import Advice, BadFacts, Facts, triage

RECEIVERS = {
    OrganKind.PETITION_OFFICE: "office",
    OrganKind.STREET: "street",
    OrganKind.TOWN: "street",
    OrganKind.GOVERNMENT: "district",
    OrganKind.VERTICAL: "vertical",
}
ARRIVALS = {"forward": "forwarded", "assign": "assigned", "designate": "forwarded"}
# 登记台“涉法情形”的选项说明了程序状态的那些
STATUSES = {"诉讼中": "in_court", "已有裁判": "judged", "仲裁": "in_arbitration", "行政复议": "in_review"}


def known(petition: Petition) -> dict[str, Any]:
    """The facts that the file itself tells, under their names in docs/triage.md. What has to be asked is left out."""
    submission, office = petition.submission, petition.organ.office
    return {
        "receiver": receiver_of(office),
        "arrival": _arrival(petition),
        "channel": "hotline" if submission.is_of_hotline else str(submission.channel),
        "identity": "anonymous" if submission.anonymous else "unclear" if submission.notice_exempt else "named",
        "secret": any(party.name_withheld for party in submission.parties.all()),
        "people": submission.people_count,
        "urgent": submission.urgent,
        "accused_is_target": petition.accused_organ_id in petition.organ.ancestor_ids,
        "status": STATUSES.get(submission.litigation, "none"),
        "earlier": earlier_of(petition),
    }


def advise(told: dict[str, Any]) -> tuple[Facts, Advice] | None:
    """The facts as read and the advice on them; None where they do not yet say enough for one."""
    try:
        facts = Facts.read(told)
    except BadFacts:
        return None  # 缺的、写错的由录入项自己说
    return facts, triage(facts)


def earlier_of(petition: Petition) -> str:
    """Where the earlier petition on the same facts stands, as somebody recorded it; `none` where nobody did."""
    old = petition.repeat_of
    if old is None:
        return "none"
    if old.state in OPEN:
        return "here" if old.organ.office_id == petition.organ.office_id else "below"
    return earlier_petition.where_it_stands(old) or "none"


def receiver_of(office) -> str:
    """Which sort of receiver an office is, by the codes of docs/triage.md."""
    if office.kind == OrganKind.BUREAU:
        return "city_bureau" if office.level == Level.CITY else "bureau"
    return RECEIVERS.get(office.kind, "unit")


def _arrival(petition: Petition) -> str:
    """How the organ now in charge came by it: the last hand-over to it that was not sent back."""
    came = [leg for leg in petition.legs.all() if leg.receiver_id == petition.organ_id and leg.ended_how != "returned"]
    leg = max((leg for leg in came if leg.is_lead), key=lambda leg: leg.number, default=None)
    return ARRIVALS[leg.kind] if leg else "direct"
