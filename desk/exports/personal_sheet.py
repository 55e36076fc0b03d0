"""批准导出的表格：一行一名信访人，只有批准的几项；每行末尾带导出编号，拆开来也认得出处。"""

from accounts import export_sheet
from accounts.export_sheet import Sheet
from accounts.privacy import mask_text
from desk.exports import rules as asking
from petitions.models import Party, PersonalExport, Petition, Reveal
from rulebook.timekeeping import now

BEFORE = (("编号", 24), ("信访事项", 48), ("身份", 8))
WIDTHS = {"name": 12, "id_number": 22, "phone": 16, "address": 36}
AFTER = (("承办单位", 18), ("状态", 14), ("收到日", 12), ("届满日", 12), ("导出编号", 18))
PARTS = PersonalExport.Part
WITHHELD = "申请姓名保密"


def of(one: PersonalExport, *, user) -> Sheet:
    """The workbook, and a line in the record of reveals for each person whose data goes out with it.

    Petitions the asker's post no longer reaches since it was asked stay out, and so do the particulars of whoever
    asked that the name be kept secret (rules of 第三十条).
    """
    heads = (*BEFORE, *((PARTS(part).label, WIDTHS[part]) for part in _parts(one)), *AFTER)
    petitions = asking.within(user, Petition.objects.filter(pk__in=one.petitions)).select_related("organ", "submission")
    by_submission = {petition.submission_id: petition for petition in petitions.order_by("pk")}
    parties = Party.objects.filter(submission__in=by_submission, standing=Party.Standing.PRESENT)
    found = [(by_submission[party.submission_id], party) for party in parties.order_by("submission", "position", "pk")]
    _note(one, found, user)
    lines = (_line(one, petition, party) for petition, party in found)
    return export_sheet.write("信访人", heads, lines, user=user, view=one.view, number=one.number)


def _parts(one: PersonalExport) -> list[str]:
    return [part.value for part in PARTS if part in one.parts]


def _line(one: PersonalExport, petition, party) -> list:
    told = [WITHHELD if party.name_withheld else export_sheet.plain(getattr(party, part)) for part in _parts(one)]
    return [
        petition.number,
        export_sheet.plain(mask_text(petition.title)),
        party.get_role_display(),
        *told,
        petition.organ.short_name,
        petition.get_state_display(),
        petition.received_on,
        petition.next_due_on,
        one.number,
    ]


def _note(one: PersonalExport, found, user) -> None:
    moment, field = now(), one.parts_in_words.replace("、", "")
    Reveal.objects.bulk_create(
        Reveal(party=party, petition=petition, by=user, field=field, reason=f"经批准导出，{one.number}", at=moment)
        for petition, party in found
        if not party.name_withheld
    )
