"""谁该知道：行为办成后，把消息写进待发箱（同一事务）。消息里只有编号和要做的事，没有个人信息。"""

from collections.abc import Iterable

from accounts.authority import may
from accounts.messages.notices import Word, tell
from accounts.models import Appointment, Post, Role, User
from petitions.act.states import State
from petitions.handling.instruction import rules as instructing
from petitions.parties.request import rules as requesting
from petitions.record.timeline import moves_in_words
from rulebook.acts import Act
from rulebook.timekeeping import today

# whom to wake in each state: those of the holder whose post carries the act that is due next
NEXT_ACT = {
    State.REGISTERED: Act.FORWARD,
    State.FORWARDED: Act.ACCEPT,
    State.ASSIGNED: Act.ACCEPT,
    State.OBJECTED: Act.UPHOLD,
    State.DISPUTED: Act.DESIGNATE,
    State.ACCEPTED: Act.DRAFT,
    State.STUDYING: Act.ANSWER,
    State.REPORTED: Act.ANSWER,
    State.IN_PROCEDURE: Act.ANSWER,
    State.SUBMITTED: Act.PASS,
    State.ISSUED: Act.SERVE,
}
# acts after which somebody else has to move
WAKING = {
    Act.FORWARD,
    Act.ASSIGN,
    Act.ALLOT,
    Act.OBJECT,
    Act.UPHOLD,
    Act.OVERRULE,
    Act.REQUEST_DESIGNATION,
    Act.DESIGNATE,
    Act.WITHDRAW_DESIGNATION,
    Act.DEEM_ACCEPTED,
    Act.REFER,
    Act.SUBMIT,
    Act.RETURN,
    Act.PASS,
    Act.CONVERT,
    Act.EXTEND,
    Act.REOPEN,
    Act.REDO,
    Act.UNMERGE,
    Act.DECEASE,
    Act.SUCCEED,
    Act.LEAVE,
}
# acts after which the reviewing organ has to move: which of its posts
REVIEWING = {
    Act.REQUEST_REVIEW: Act.ADMIT_REVIEW,
    Act.REQUEST_RECHECK: Act.ADMIT_REVIEW,
    Act.PROPOSE_REVIEW: Act.DECIDE_REVIEW,
    Act.DECIDE_REVIEW: Act.SERVE,
}


def tell_of(petition, act: Act, *, by) -> None:
    """Write word of the act to those who must move next; nobody is told of their own act."""
    if act not in WAKING:
        return
    wanted = Act.SIGN if act is Act.PASS else NEXT_ACT.get(State(petition.state))
    recipients = [user for user in concerned(petition, wanted) if by.user is None or user.pk != by.user.pk]
    if petition.secrecy or petition.accused_organ_id:
        recipients = [user for user in recipients if may(user, Act.VIEW, petition)]
    tell(
        recipients,
        text=f"{petition.number} {act.label}：等待{petition.waiting_for or '办理'}",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"act:{petition.pk}:{petition.seq}",
    )


def tell_registrar(petition, act: Act, *, by) -> None:
    """Word to whoever may correct what was taken down: a letter came back and the registration may be wrong."""
    offices = {row.organ.office_id for row in petition.current_involvements() if row.kind == "registered"}
    registrars = Role.objects.filter(grants__act=Act.CORRECT)
    people = {user.pk: user for office in offices for user in _in_posts(registrars, office)}
    others = [one for one in people.values() if by.user is None or one.pk != by.user.pk]
    tell(
        [one for one in others if may(one, Act.CORRECT, petition)],
        text=f"{petition.number} {act.label}：等待核对、更正登记信息",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"registrar:{petition.pk}:{petition.seq}",
    )


def tell_reviewers(proceeding, act: Act, *, by) -> None:
    """Write word to those of the reviewing organ whose post does what comes next."""
    petition = proceeding.petition
    found = _in_posts(Role.objects.filter(grants__act=REVIEWING[act], grants__relation="reviews"), proceeding.organ_id)
    tell(
        [user for user in found if by.user is None or user.pk != by.user.pk],
        text=f"{petition.number} {act.label}：等待{REVIEWING[act].label}",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"review:{petition.pk}:{petition.seq}",
    )


def tell_assigner(petition, act: Act, *, by) -> None:
    """Write word of a report to those of the organ that assigned the petition whose post assigns."""
    leg = petition.legs.filter(kind="assign").select_related("sender").latest("number")
    found = _in_posts(Role.objects.filter(grants__act=Act.ASSIGN), leg.sender.office_id)
    told = [user for user in found if (by.user is None or user.pk != by.user.pk) and may(user, Act.VIEW, petition)]
    tell(
        told,
        text=f"{petition.number} {petition.organ.short_name}{act.label}，请查看",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"report:{petition.pk}:{petition.seq}",
    )


def tell_instructed(petition, *, by, due_on) -> None:
    """Write word of an instruction to those of the office asked who may report on it."""
    asked = petition.deadlines.running().select_related("owed_by_organ").get(term=instructing.TERM).owed_by_organ
    found = _in_posts(Role.objects.filter(grants__act=Act.REPORT_INSTRUCTED), asked.office_id)
    tell(
        [user for user in found if user != by.user and may(user, Act.REPORT_INSTRUCTED, petition)],
        text=f"{petition.number} 领导批示：请于 {due_on:%m-%d} 前报告落实情况",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"instruct:{petition.pk}:{petition.seq}",
    )


def tell_instructor(petition, *, by) -> None:
    """Write word of the report to the leader who gave the instruction, if they may still see the petition."""
    leader = petition.events.filter(act=Act.INSTRUCT).select_related("by").latest("seq").by
    if leader is None or leader == by.user or not may(leader, Act.VIEW, petition):
        return
    tell(
        [leader],
        text=f"{petition.number} 批示的落实情况已报告，请查看",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"instructed:{petition.pk}:{petition.seq}",
    )


def tell_sponsor(petition, leader, *, by) -> None:
    """Write word to the leader who was put in charge, unless they named themselves."""
    if leader == by.user:
        return
    tell(
        [leader],
        text=f"{petition.number} 由您包案，请查看",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"sponsor:{petition.pk}:{petition.seq}",
    )


def tell_requested(petition, act: Act, *, by) -> None:
    """Write word of what a petitioner asked: the handler where there is one, of a recusal those above the handler."""
    found = _in_posts(Role.objects.filter(grants__act=Act.ANSWER_REQUEST), petition.organ.office_id)
    handler = petition.handler_id
    if handler and act is Act.REQUEST_RECUSAL:
        found = [user for user in found if user.pk != handler]
    elif handler:
        found = [user for user in found if user.pk == handler] or found
    due = petition.deadlines.running().filter(term=requesting.TERM).latest("started_by").due_on
    tell(
        [user for user in found if may(user, Act.ANSWER_REQUEST, petition)],
        text=f"{petition.number} 信访人{act.label}：请于 {due:%m-%d} 前回应",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"request:{petition.pk}:{petition.seq}",
    )


def tell_callers(service) -> None:
    """Write word of a call-back to those of the office above who make it, once; nobody else learns of the rating."""
    asked = service.ratings.filter(call_back__state="open").select_related("petition", "call_back__office")
    for petition, one in ((rating.petition, rating.call_back) for rating in asked):
        found = _in_posts(Role.objects.filter(grants__act=Act.CALL_BACK), one.office_id)
        tell(
            [user for user in found if user.pk != petition.handler_id and may(user, Act.CALL_BACK, petition)],
            text=f"{petition.number} 待回访：请于 {one.due_on:%m-%d} 前回访",
            url=f"/callbacks/{one.pk}/",
            dedupe_key=f"call-back:{one.pk}",
        )


def tell_executor(execution, *, by) -> None:
    """Write word of a task to those of the organ that is to do it; the one who gave it out is not told."""
    petition = execution.petition
    found = _in_posts(Role.objects.filter(grants__act=Act.PERFORM), execution.organ.office_id)
    tell(
        [user for user in found if by.user is None or user.pk != by.user.pk],
        text=f"{petition.number} 落实任务：请于 {execution.due_on:%m-%d} 前落实并登记",
        url=f"/cases/{petition.number}/",
        dedupe_key=f"execution:{execution.pk}",
    )


def words_of_moves(moved: Iterable[tuple]) -> list[Word]:
    """Word of last days that a published table moved, to who handles each petition (rules §9.3 E64).

    `moved` pairs a petition with its moves as the line 日历重算 keeps them; a day of the house alone is not worth a
    message. Who sits where is asked once for all.
    """
    known: dict[tuple, list[User]] = {}
    words = []
    for petition, moves in moved:
        told = [move for move in moves if move["due_on"][0] != move["due_on"][1]]
        if not told:
            continue
        act = NEXT_ACT.get(State(petition.state))
        desk = (petition.holder_user_id, petition.holder_organ_id, act)
        if desk not in known:
            known[desk] = concerned(petition, act)
        people = known[desk] or ([petition.handler] if petition.handler_id else [])
        if petition.secrecy or petition.accused_organ_id:
            people = [person for person in people if may(person, Act.VIEW, petition)]
        text = f"{petition.number} 放假安排公布，期限重算：{moves_in_words(told)}"
        words.append(Word(people, text[:300], f"/cases/{petition.number}/", f"recompute:{petition.pk}:{petition.seq}"))
    return words


def tell_approvers(pending) -> None:
    """Write word of a waiting approval to those whose post may give it."""
    roles = Role.objects.filter(code__in=pending.step_roles)
    tell(
        _in_posts(roles, pending.step_organ_id),
        text=f"{pending.petition.number} 报请{pending.label}：等待{pending.step_label}",
        url="/approvals/",
        dedupe_key=f"pending:{pending.pk}:{pending.step}",
    )


def concerned(petition, act: Act | None) -> list[User]:
    """The handler where there is one, else everyone of the holding organ whose post carries the act."""
    if petition.holder_user_id:
        return [petition.holder_user]
    if act is Act.PASS and petition.checker()[0] == "legal":  # 法制审核员不在承办单位里坐班
        legal = _in_posts(Role.objects.filter(grants__act=act, grants__relation="legal"), None)
        return [person for person in legal if may(person, act, petition)]
    if petition.holder_organ_id is None or act is None:
        return []
    return _in_posts(Role.objects.filter(grants__act=act), petition.holder_organ.office_id)


def _in_posts(roles, office_id: int | None) -> list[User]:
    """Active people now in a post of one of the roles, in the organ (anywhere where none is given)."""
    posts = Post.objects.filter(role__in=list(roles.distinct()))
    if office_id:
        posts = posts.filter(organ__office_id=office_id)
    seats = Appointment.objects.current_on(today()).filter(post__in=list(posts))
    return list(User.objects.active().filter(pk__in=set(seats.values_list("user_id", flat=True))).order_by("pk"))
