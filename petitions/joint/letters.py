"""拆并以后的文书：还没送出的并案告知书作废，已经送到的另行更正告知；主件给本件信访人的未送文书一并收回。"""

from documents.letters import issuance as documents
from petitions.handling.opinion.models import PetitionLetter
from petitions.letters.letter_content import JOINED, contact_of
from petitions.petition.models import Petition
from petitions.service.models import Service
from rulebook.acts import Act

WHY = "撤销并案，恢复单独办理"
# 并案告知书（F02）里不再成立的一句改成的话
CORRECTED = "你反映的事项不再与原事项合并，由我单位单独办理，期限自收到你的信访事项之日起计算"


def lock_both(petition, into) -> Petition:
    """Lock both in ascending order, so that two mergings never wait for each other; the main case as it is now."""
    rows = Petition.objects.select_for_update(of=("self",)).filter(pk__in=sorted({petition.pk, into.pk}))
    found = {row.pk: row for row in rows.select_related("submission", "organ", "rule_set").order_by("pk")}
    return found[into.pk]


def parted(petition, *, by) -> None:
    """What the merging and the main case sent to these petitioners: unserved papers are set aside, and whoever was
    served the notice of merging is told in writing that it no longer holds (F36)."""
    line = petition.events.filter(act=Act.UNMERGE).latest("seq")
    notices = PetitionLetter.objects.filter(petition=petition, seq=line.details["undoes"], letter__kind="F02")
    for link in notices.select_related("letter__organ"):
        if _take_back(petition.services.filter(letter=link.letter), link.letter, by):
            _correct(petition, link.letter, by)
    theirs = Service.objects.filter(petition=line.details["into"], party__submission=petition.submission_id)
    for letter in {service.letter for service in theirs.select_related("letter")}:
        _take_back(theirs.filter(letter=letter), letter, by)


def _take_back(services, letter, by) -> bool:
    """Withdraw what still waits to be served; true where somebody has the letter already."""
    services.waiting().update(recalled=True, required=False)
    if services.exclude(served_on=None).exists():
        return True
    if letter.status == letter.Status.ISSUED and not Service.objects.filter(letter=letter, recalled=False).exists():
        documents.void(letter, by=by.user, reason=WHY)
    return False


def _correct(petition, letter, by) -> None:
    told = [one.party for one in petition.services.filter(letter=letter, recalled=False).select_related("party")]
    correction = documents.correct(
        letter, mistake=JOINED, corrected=CORRECTED, reason=WHY, by=by.user, contact=contact_of(petition, by)
    )
    PetitionLetter.objects.create(petition=petition, letter=correction, seq=petition.seq)
    Service.objects.bulk_create(Service(petition=petition, letter=correction, party=party) for party in told)
