"""办结以后：四个到位、办结报告、落实、归档。"""

from django.core.files.base import ContentFile

from config.demo import people
from documents.files import attachment_store
from documents.models import Attachment
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor
from petitions.act.states import ActorKind, State
from petitions.approval import rules as approvals
from petitions.closing import archive as filing
from petitions.closing import closing_report
from petitions.closing.execution import rules as executing
from petitions.models import PetitionAttachment
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.timekeeping import today


def _officer(walk, petition):
    return walk.cast.of(petition.organ, people.OFFICER)


def _do(walk, tale, act, **details):
    petition = walk.petition(tale)
    return approvals.request(petition, act, by=_officer(walk, petition), **details)


def close(walk, tale):
    """What was assigned is closed with its four ends recorded, and reported back."""
    petition = walk.petition(tale)
    asked = closing_report.must_be_recorded(petition)
    if asked:
        granted = bool(executing.supported(petition))
        solved = "已按处理意见明确整改单位、内容和时限" if granted else ""
        explained = "" if granted else "已当面说明政策和理由，做好疏导"
        _do(walk, tale, Act.RECORD_ENDS, ends={"solved": solved, "explained": explained, "helped": "", "lawful": ""})
    _do(walk, tale, Act.CLOSE)
    petition = walk.petition(tale)
    if asked and any(leg.owes_report for leg in petition.legs.all()):
        told = {
            "facts": petition.latest_opinion.facts,
            "handling": closing_report.handling_in_words(petition),
            "execution": closing_report.execution_in_words(petition),
        }
        _do(walk, tale, Act.REPORT_BACK, **told)


def perform(walk, tale):
    """Everything still owed is done, each with a note of the visit as its proof."""
    petition = walk.petition(tale)
    by = _officer(walk, petition)
    for execution in executing.undone(petition):
        note = ContentFile("回访核实：承诺的事项已经做到，信访人认可。".encode(), name="回访记录.txt")
        kept = attachment_store.receive(note, by=by, kind=Attachment.Kind.INQUIRY, secrecy=petition.secrecy)
        proof = PetitionAttachment.objects.create(petition=petition, attachment=kept, title="落实回访记录")
        execution.petition = walk.petition(tale)
        done = {"result": "已按处理意见做到，现场核实无误。", "on": today(), "evidence": proof}
        approvals.request(execution, Act.PERFORM, by=by, **done)


def rate(walk, tale):
    """The petitioner says what they think of it; most are content."""
    petition, turn = walk.petition(tale), int(tale.id[1:]) % 9
    service = petition.services.filter(letter__kind="F12", served_on__isnull=False).select_related("letter").first()
    if service is None or not rating.is_rateable(_of(service, petition)):
        return
    poor, usual = ("dissatisfied", "unanswered"), ("fair" if turn in (1, 5) else "satisfied", "")
    scores = dict.fromkeys(rating.bodies_of(service), poor if turn == 4 else usual)
    scores["organ"] = poor if turn in (4, 7) else usual
    words = "还有一项没有说清楚。" if poor in scores.values() else "谢谢，问题得到了重视。"
    by = Actor(ActorKind.PETITIONER, party_id=service.party_id)
    carry_out(service, Act.RATE, by=by, note=words, scores=scores, words=words)


def _of(service, petition):
    service.petition = petition
    return service


def archive(walk, tale):
    """Only what has been settled meanwhile goes to the cabinet."""
    petition = walk.petition(tale)
    if petition.state == State.SETTLED:
        pages = {piece.attachment.pk: 1 for piece in filing.uncounted(petition)}
        reason = "尚未落实的另立台账跟踪" if executing.undone(petition) else ""
        _do(walk, tale, Act.ARCHIVE, pages=pages, reason=reason)
