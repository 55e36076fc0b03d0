"""推诿：一件被几个单位退来退去，报请指定管辖的同时，对退回过的单位各下一份督办单（第四十条，SV05，rules E11）。

Any number of sweeps may run at once; each takes what nobody else holds, and the next makes good what one missed.
"""

import logging

from django.db import transaction
from django.db.models import Exists, OuterRef

from petitions.act.decorator import Refused
from petitions.dispute import rules as disputing
from petitions.models import Dispute, Leg, Petition
from rulebook.books import calendar_in_force
from rulebook.timekeeping import today
from supervision.models import Ground, Order
from supervision.orders.acts import open_by_system

log = logging.getLogger(__name__)
ANSWER_WITHIN = 5  # 工作日，内部管理要求：与督办单未指定日期时相同
REQUIREMENT = (
    "请书面说明不受理的职责依据，提出由谁受理的意见，备齐材料配合裁定；"
    "裁定由本单位受理的，当日受理并书面告知信访人，告知期限不重新起算。"
)


def sweep() -> int:
    """Order what bounced and was not ordered yet; returns how many orders were made."""
    return sum(_each(pk) for pk in list(_bounced().order_by("pk").values_list("pk", flat=True)))


def _bounced():
    """Disputes that came of returns, with nobody yet asked to answer for them."""
    petition = {"petition": OuterRef("petition")}
    asked = Order.objects.filter(**petition, ground=Ground.SV05, issued_at__gte=OuterRef("raised_at"))
    returned = Leg.objects.filter(**petition, ended_how=Leg.End.RETURNED)
    found = Dispute.objects.exclude(cause=Dispute.Cause.REQUESTED).exclude(state="withdrawn")
    return found.filter(Exists(returned), ~Exists(asked))


def _each(dispute_id: int) -> int:
    """One dispute, one transaction; what cannot be ordered now is logged and left for a person."""
    try:
        return _order(dispute_id)
    except Refused as refused:
        log.warning("dispute %s: no order made: %s", dispute_id, refused)
        return 0


@transaction.atomic
def _order(dispute_id: int) -> int:
    dispute = _bounced().filter(pk=dispute_id).first()
    held = Petition.objects.select_related("submission", "organ__office", "rule_set").select_for_update(
        of=("self",), skip_locked=True
    )
    petition = held.filter(pk=dispute.petition_id).first() if dispute else None
    if petition is None:
        return 0
    legs = petition.legs.lead().filter(ended_how=Leg.End.RETURNED, ended_at__lte=dispute.raised_at)
    legs = legs.select_related("receiver__office").order_by("number")
    refused = list(dict.fromkeys(leg.receiver for leg in legs))
    issuer = disputing.joint_office_of(refused)
    if issuer is None:
        raise Refused("没有管得到各方的信访部门，请先在机构管理中补全")
    names = "、".join(organ.short_name for organ in refused)
    for organ in refused:
        open_by_system(
            petition,
            issuer=issuer,
            to=organ,
            ground=Ground.SV05,
            problem=f"本件先后由{names}异议退回，信访人至今没有得到由谁办理的告知。",
            requirement=REQUIREMENT,
            due_on=calendar_in_force().step(today(), ANSWER_WITHIN),
        )
    return len(refused)
