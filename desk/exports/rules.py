"""导出个人信息的规矩：报请、批准、不批准、撤回、取走。不带个人信息的清单不走这里，照旧直接导出。"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.authority import may_for, organs_reached, require_holding
from accounts.messages.notices import tell
from accounts.models import AccountEvent, Appointment, Grant, Reach
from accounts.staff.account_log import record
from petitions.act.decorator import Refused, Stale
from petitions.models import PersonalExport, Petition
from rulebook.acts import Act
from rulebook.timekeeping import now, today

State, What = PersonalExport.State, AccountEvent.What
MOST = 1_000  # 件：一次最多带走这么多件的个人信息
TAKE_WITHIN = timedelta(days=3)  # 内部管理要求：批准以后多久以内取，过时作废


def within(user, petitions):
    """Of the petitions those whose personal data the user may take out: exported and seen in full by the post itself.
    Approval adds nothing to that; reports and secret petitions are never among them (条例第三十条)."""
    for act in (Act.EXPORT, Act.REVEAL):
        petitions = petitions.filter(pk__in=Petition.objects.visible_to(user, act).values("pk"))
    return petitions.filter(secrecy=0)


def seen_by(user):
    """The user's own requests, and those the user may decide on."""
    mine = Q(asked_by=user.pk)
    return PersonalExport.objects.filter(mine | Q(organ__in=organs_reached(user, Act.ALLOW_EXPORT).values("pk")))


def may_decide(user, one: PersonalExport) -> bool:
    """A second person, whose post approves for the asker's organ."""
    return user.pk != one.asked_by_id and may_for(user, Act.ALLOW_EXPORT, one.organ)


@transaction.atomic
def ask(petitions, *, by, view: str, parts, reason: str) -> PersonalExport:
    """Ask to take these petitions' personal data out. Raises PermissionDenied where the post does not export, Refused
    with a sentence where nothing, too much or nobody to approve is found."""
    require_holding(by, Act.EXPORT)
    if not reason.strip():
        raise Refused("请写明为什么要导出个人信息、给谁用")
    if not set(parts) or set(parts) - set(PersonalExport.Part.values):
        raise Refused("请选择要导出的项目，只选用得到的")
    keys = list(within(by, petitions).order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refused("这张清单里没有您可以导出并查看完整个人信息的件，请换一个视图，或者由承办单位、登记单位导出")
    if len(keys) > MOST:
        raise Refused(f"一次最多导出 {MOST} 件的个人信息，请先用筛选条件缩小范围")
    deciders = _deciders(by.office, by)
    if not deciders:
        raise Refused("没有可以批准的人：批准的岗位空缺，或者只有您本人；请联系系统管理员办理任职或者代理")
    made = PersonalExport.objects.create(
        organ=by.office,
        view=view[:80],
        parts=sorted(parts),
        petitions=keys,
        rows=len(keys),
        reason=reason.strip(),
        asked_by=by,
        asked_at=now(),
    )
    record(What.EXPORT_ASKED, by, by=by, number=made.number, view=made.view, rows=made.rows, parts=made.parts)
    words = f"{by.office.short_name} {by.name} 报请导出 {made.rows} 件的个人信息（{made.number}），请批准或者不批准。"
    tell(deciders, words, f"/exports/{made.pk}/", f"export-asked:{made.pk}")
    return made


def _deciders(office, asker) -> list[int]:
    """Who may approve, the nearest first: of the office itself, else over its area, else of the whole city."""
    reaches = dict(Grant.objects.filter(act=Act.ALLOW_EXPORT).values_list("role_id", "reach"))
    held = Appointment.objects.current_on(today()).filter(post__role__in=reaches, user__is_active=True)
    found: dict[int, list[int]] = {0: [], 1: [], 2: []}
    for one in held.exclude(user=asker).select_related("post__organ__office").order_by("user_id"):
        home = one.post.organ.office
        reach = reaches[one.post.role_id]
        if home.pk == office.pk:
            found[0].append(one.user_id)
        elif reach == Reach.TERRITORY and home.territory and office.territory.startswith(home.territory):
            found[1].append(one.user_id)
        elif reach == Reach.CITY:
            found[2].append(one.user_id)
    return next((found[step] for step in sorted(found) if found[step]), [])


def _locked(one: PersonalExport, state: str) -> PersonalExport:
    """The request as it stands, held until the transaction ends; Stale where somebody was faster."""
    found = PersonalExport.objects.select_for_update(of=("self",)).select_related("organ", "asked_by").get(pk=one.pk)
    if found.state != state:
        raise Stale(f"{found.number} 现在是“{found.get_state_display()}”，请刷新后查看")
    return found


@transaction.atomic
def allow(one: PersonalExport, *, by, words: str = "") -> PersonalExport:
    """批准：the asker may take the file once within TAKE_WITHIN."""
    one = _decide(one, State.ALLOWED, by=by, words=words)
    one.take_by = one.decided_at + TAKE_WITHIN
    one.save(update_fields=["take_by"])
    record(What.EXPORT_ALLOWED, one.asked_by, by=by, number=one.number, rows=one.rows)
    words = f"{one.number} 已批准，请在 {today() + TAKE_WITHIN:%m-%d} 以前取，只能取一次。"
    tell([one.asked_by_id], words, f"/exports/{one.pk}/", f"export-decided:{one.pk}")
    return one


@transaction.atomic
def refuse(one: PersonalExport, *, by, words: str = "") -> PersonalExport:
    """不批准，写明理由。"""
    if not words.strip():
        raise Refused("不批准的，请写明理由")
    one = _decide(one, State.REFUSED, by=by, words=words)
    record(What.EXPORT_REFUSED, one.asked_by, by=by, number=one.number, rows=one.rows)
    tell([one.asked_by_id], f"{one.number} 没有批准，理由见报请页。", f"/exports/{one.pk}/", f"export-decided:{one.pk}")
    return one


def _decide(one: PersonalExport, state, *, by, words) -> PersonalExport:
    if one.asked_by_id == by.pk:
        raise PermissionDenied("报请的人不能批准自己的报请，请由第二个人批准")
    if not may_decide(by, one):
        raise PermissionDenied("您的岗位不批准这个单位的导出，请由该单位或者上级信访部门的负责人批准")
    one = _locked(one, State.WAITING)
    one.state, one.decided_by, one.decided_at, one.words = state, by, now(), words.strip()
    one.save(update_fields=["state", "decided_by", "decided_at", "words"])
    return one


@transaction.atomic
def withdraw(one: PersonalExport, *, by, words: str = "") -> PersonalExport:
    """The asker needs it no more."""
    if one.asked_by_id != by.pk:
        raise PermissionDenied("只有报请人本人可以撤回")
    one = _locked(one, State.WAITING)
    one.state = State.WITHDRAWN
    one.save(update_fields=["state"])
    return one


@transaction.atomic
def take(one: PersonalExport, *, by) -> PersonalExport:
    """Mark the file as taken: once, by the asker, in time. The caller sends it in the same transaction."""
    if one.asked_by_id != by.pk:
        raise PermissionDenied("导出的文件只能由报请人本人取")
    require_holding(by, Act.EXPORT)
    one = _locked(one, State.ALLOWED)
    if now() > one.take_by:
        raise Refused("已经过了取件的时限，需要的请重新报请")
    one.state, one.taken_at = State.TAKEN, now()
    one.save(update_fields=["state", "taken_at"])
    return one
