"""信访人提出的：补充材料、撤回、回避。收下是一个行为，回应是另一个；法定期限不停不重起（第二十八条、rules §1.15）。

What a petitioner asks for waits for an answer by the organ that has the petition in hand: I08, five working days of
the house. Withdrawing is only asked for here; what is done about it stays with 记录撤回 and 终止办理.
"""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from documents.models import Attachment
from petitions.act.guards import guard
from petitions.act.states import STAGE, UNDECIDED, ActorKind, Kind, State
from petitions.handling.opinion.models import PetitionAttachment
from petitions.parties.models import Party
from rulebook.acts import Act
from rulebook.timekeeping import now

TERM = "I08"
# 送核查、签发以前都还来得及
STILL_OPEN = (*UNDECIDED, State.OBJECTED, State.DISPUTED, State.ACCEPTED, State.STUDYING, State.IN_PROCEDURE)
STILL_OPEN += (State.SUBMITTED,)
MOST_WAITING = 5  # 一个人对一件同时等着回应的
MOST_FILES = 10

SUPPLEMENT, WITHDRAWAL, RECUSAL = "supplement", "withdrawal", "recusal"
KINDS = {SUPPLEMENT: _("补充材料"), WITHDRAWAL: _("申请撤回"), RECUSAL: _("申请回避")}
OWN, ALL = "own", "all"
GRANTED, REFUSED, NOTED = "granted", "refused", "noted"
OUTCOMES = {GRANTED: _("同意"), REFUSED: _("不同意"), NOTED: _("已收到")}
WAITING, ANSWERED = "waiting", "answered"
OVER = (State.MERGED, State.TERMINATED, State.ARCHIVED)  # 不再回应


def waiting(petition) -> list:
    """What still waits for an answer, in the order it came."""
    return [one for one in petition.requests.all() if one.state == WAITING]


@guard(_("保密件、检举控告件不在网上提出，请到登记窗口或者打电话"), article="第三十条")
def is_open_to_requests(petition) -> bool:
    return not petition.secrecy and petition.kind != Kind.REPORT


@guard("本件已经并案、终止或者归档，不再回应", article="内部管理要求")
def petition_goes_on(request) -> bool:
    return request.petition.state not in OVER


# what stands against the request


def not_theirs(petition, *, by, **_):
    """本人提出，只对本人的件。"""
    if by.kind != ActorKind.PETITIONER:
        return "只能由信访人本人提出；到窗口来的，请用记录调查、更正、记录撤回等办理"
    party = party_of(petition, by)
    if party is None:
        return gettext("您不是这一件的信访人")
    if not party.is_present:
        return gettext("您%(standing)s，不能再提出；有新的情况，请另行提出") % {
            "standing": gettext(party.get_standing_display())
        }
    own = [one for one in waiting(petition) if one.party_id == party.pk]
    return gettext("您已经提出的几项还在等回应，请等回应以后再提") if len(own) >= MOST_WAITING else None


def nothing_said(petition, *, words, **_):
    return None if words.strip() else gettext("请写明要说的")


def too_many_files(petition, *, files: Iterable = (), **_):
    said = gettext("一次最多 %(n)d 个文件，其余请下次补充") % {"n": MOST_FILES}
    return said if len(list(files)) > MOST_FILES else None


def may_not_withdraw(petition, *, by, scope, **_):
    """撤回只对本人有效，代表可以替所代表的人提出，由承办单位逐人核实；代理人须有特别授权（rules E56）。"""
    party = party_of(petition, by)
    if scope not in (OWN, ALL):
        return gettext("请选择只撤回自己的，还是替全体撤回")
    if party.role == Party.Role.AGENT and not party.special_powers:
        return gettext("代理人代为撤回须有特别授权，请信访人本人提出，或者到窗口补交特别授权的委托书")
    if scope == ALL and party.role != Party.Role.REPRESENTATIVE:
        return gettext("只有推选的代表才能替全体提出撤回；您可以只撤回自己的")
    return _asked_already(petition, party, WITHDRAWAL)


def may_not_challenge(petition, *, by, **_):
    return _asked_already(petition, party_of(petition, by), RECUSAL)


def _asked_already(petition, party, kind):
    same = any(one.kind == kind and one.party_id == party.pk for one in waiting(petition))
    return gettext("您%(kind)s还在等回应，不用再提") % {"kind": gettext(KINDS[kind])} if same else None


def party_of(petition, by):
    """The party who asks, of this petition's own; None where it is somebody else's."""
    return next((one for one in petition.submission.parties.all() if one.pk == by.party_id), None)


def lay(petition, by, kind: str, *, words: str, once: str, scope: str = "", files: Iterable[Attachment] = ()) -> dict:
    """Keep what is asked; the log facts of the line. Called by Petition's acts only."""
    files = list(files)
    request = petition.requests.create(
        party_id=by.party_id,
        kind=kind,
        once=once,
        words=words,
        scope=scope,
        about=petition.handler if kind == RECUSAL else None,
        asked_at=now(),
    )
    _forget(petition)
    PetitionAttachment.objects.bulk_create(
        PetitionAttachment(petition=petition, attachment=file, title=file.name, stage=STAGE[State(petition.state)])
        for file in files
    )
    return {
        "scope": {"request": request.pk},
        "details": {
            "party": by.party_id,
            "owed_by_organ": petition.organ.office_id,
            "files": len(files),
            "whose": scope or OWN,
        },
    }


def _forget(petition) -> None:
    petition.__dict__.get("_prefetched_objects_cache", {}).pop("requests", None)


# what stands against the answer


def unanswerable(request, *, by, outcome, answer, **_):
    """谁来回应、同意的先办成。"""
    petition = request.petition
    if outcome not in OUTCOMES or (request.kind != SUPPLEMENT and outcome == NOTED):
        return "请选择同意还是不同意"
    if not answer.strip():
        return "请写明怎样处理、为什么；这段话信访人看得到"
    if request.kind == RECUSAL and by.user is not None and by.user.pk == request.about_id:
        return "申请的是您的回避，不能由您自己决定，请由单位负责人决定（第二十八条）"
    if outcome != GRANTED:
        return None
    if request.kind == RECUSAL and request.about_id and petition.handler_id == request.about_id:
        return "同意回避的，请先“分派承办人”改由别人办理，再回应（第二十八条）"
    if request.kind == WITHDRAWAL and _is_still_in(petition, request):
        return "同意撤回的，请先“记录撤回、退出”；只有一名信访人的，报请终止办理，办成以后再回应"
    return None


def _is_still_in(petition, request) -> bool:
    ended = any(row.act == Act.TERMINATE and row.state == "waiting" for row in petition.pending_acts.all())
    return petition.state in STILL_OPEN and request.party.is_present and not ended
