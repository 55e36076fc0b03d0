"""拒不执行处理意见的线索（第四十条第一款，rules SV06）：拒不落实的报督查岗位，逾期的列在督查页；是否督办由人决定。"""

from datetime import timedelta

from accounts.authority import may
from accounts.messages.notices import Word, tell_many
from accounts.models import Organ
from petitions.models import Execution
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.ladder.addressees import holding
from supervision.models import Ground

LOOK_BACK = timedelta(days=7)  # 停机再久也补得上；消息只发一次，多看无妨
REQUIREMENT = "请按信访处理意见书立即落实，说明没有落实的原因和责任人，并附落实凭证。"


def report_refusals() -> int:
    """Write word of refusals recorded lately to the supervisors of the area, once each. Returns how many it saw."""
    refused = Execution.objects.undone().filter(state="refused", refused_at__gte=now() - LOOK_BACK)
    found = list(refused.select_related("petition__organ", "recorded_by").order_by("pk"))
    if found:
        offices = list(Organ.objects.petition_offices().in_force_on(today()).order_by("territory"))
        tell_many([_word(execution, offices) for execution in found])
    return len(found)


def _word(execution, offices) -> Word:
    petition = execution.petition
    around = [
        office for office in offices if office.territory and petition.organ.territory.startswith(office.territory)
    ]
    people = [person for office in around[-1:] for person in holding(office, Act.ORDER)]
    told = [person for person in people if may(person, Act.ORDER, petition)]
    text = f"{petition.number} 登记拒不落实：请核实，需要的下发督办单（{Ground.SV06.label}）"
    return Word(told, text, f"/supervision/orders/new/?case={petition.number}", f"refused:{execution.pk}")


def in_words(petition) -> str:
    """What an order about the petition would say of its unexecuted tasks; empty where all is done or not yet due."""
    found = Execution.objects.unexecuted(today()).filter(petition=petition).select_related("organ", "claim")
    lines = []
    for one in found.order_by("claim__number"):
        how = "登记为拒不落实" if one.state == "refused" else f"期限 {one.due_on:%Y-%m-%d}，已逾期"
        lines.append(f"第 {one.claim.number} 项诉求的处理意见未落实（{one.organ.short_name}，{how}）：{one.promised}")
    return "\n".join(lines)
