"""秩序事件怎样登记、怎样补记处置（第二十条、第二十六条、第四十七条）：只记录，不评人，不动信访件的一丝一毫。"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may_for, organs_reached
from documents.files import attachment_store
from documents.models import Attachment
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.models import IncidentStep, OrderIncident

BY_POLICE = (IncidentStep.Measure.POLICE, IncidentStep.Measure.PENALTY, IncidentStep.Measure.CRIMINAL)


def seen_by(user):
    """The incidents of the organs for which the user keeps order."""
    return OrderIncident.objects.filter(organ__in=organs_reached(user, Act.KEEP_ORDER).values("pk"))


@transaction.atomic
def record(*, by, happened_at, place, conduct, people, account, case="", file=None) -> OrderIncident:
    """Write down what happened. `case` is the number of a petition it went with, if any: pointed at, never touched.

    Raises PermissionDenied without the post, Refused with a sentence, FileRefused for an unwanted file.
    """
    organ = by.office
    if not may_for(by, Act.KEEP_ORDER, organ):
        raise PermissionDenied("您的岗位不登记秩序事件，请联系本单位信访专员")
    if happened_at > now():
        raise Refused("发生时间不能晚于现在")
    unknown = sorted(set(conduct) - set(OrderIncident.Conduct.values))
    if unknown or not conduct:
        raise Refused("请至少选择一种行为（第二十条、第二十六条）")
    incident = OrderIncident.objects.create(
        organ=organ,
        happened_at=happened_at,
        place=place.strip(),
        conduct=sorted(conduct),
        people=people,
        account=account.strip(),
        petition=_petition(case, by),
        recorded_by=by,
        recorded_at=now(),
    )
    if file is not None:
        add_step(incident, by=by, measure=IncidentStep.Measure.EVIDENCE, words="随登记收存", file=file)
    return incident


def _petition(number: str, user) -> Petition | None:
    if not number.strip():
        return None
    found = Petition.objects.visible_to(user).filter(number=number.strip()).first()
    if found is None:
        raise Refused("没有这件信访事项，或者您无权查看；不清楚编号的可以不填")
    return found


@transaction.atomic
def add_step(incident, *, by, measure, words="", authority="", file=None) -> IncidentStep:
    """One more step of what was done about it; steps are added, never changed.

    Measures of the police name the organ that took them (第四十七条). Raises as `record` does.
    """
    if not may_for(by, Act.KEEP_ORDER, incident.organ):
        raise PermissionDenied("您的岗位不补记这件秩序事件")
    if measure not in IncidentStep.Measure.values:
        raise Refused("请选择处置步骤")
    if measure in BY_POLICE and not authority.strip():
        raise Refused("现场处置、治安处罚、刑事立案由公安机关作出，请写明是哪个公安机关（第四十七条）")
    if measure == IncidentStep.Measure.EVIDENCE and file is None:
        raise Refused("请选择要收存的音像、照片")
    if measure != IncidentStep.Measure.EVIDENCE and not words.strip():
        raise Refused("请写明处置的情况")
    kept = attachment_store.receive(file, by=by, kind=Attachment.Kind.RECORDING) if file is not None else None
    return IncidentStep.objects.create(
        incident=incident,
        measure=measure,
        authority=authority.strip(),
        words=words.strip(),
        attachment=kept,
        recorded_by=by,
        recorded_at=now(),
    )
