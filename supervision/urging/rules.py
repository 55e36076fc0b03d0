"""催办先放一会儿再发：确认以后有几分钟可以撤回；到时由定时任务发出，一批一个事务，断在半路的整批重来。"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import holds, require_holding
from accounts.messages.notices import tell
from petitions.act.decorator import Refused, Stale
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import BEIJING, now, today
from supervision.models import Urging
from supervision.orders import acts as actions


def minutes() -> int:
    """How long a round of 催办 waits before it is sent, as the city has decided (urge_wait_minutes)."""
    return settings_of(rule_set_on(today()))["urge_wait_minutes"]


@transaction.atomic
def lay(petitions, text: str, *, by) -> Urging:
    """Confirm a round of 催办: it waits to be sent. `petitions` are those the user may urge.

    Raises Refused without words or where one of them waits in another round already, PermissionDenied where no post
    of the user carries 催办.
    """
    require_holding(by, Act.URGE)
    if not text.strip():
        raise Refused("请写明催办内容")
    # 先锁件，再看：两个人同时确认同一件，后一个看得到前一个
    held = list(Petition.objects.filter(pk__in=[one.pk for one in petitions]).order_by("pk").select_for_update())
    laid = Urging.objects.waiting().of_office(by.organ.office_id)
    waiting = laid.filter(petitions__in=held).order_by("pk").first()
    if waiting:
        there = "、".join(sorted({one.number for one in petitions} & {one.number for one in waiting.petitions.all()}))
        raise Refused(f"{there} 已在待发的催办里，{clock(waiting.send_at)} 发出；要改内容，请先撤回那一批")
    moment = now()
    urging = Urging.objects.create(
        made_by=by, made_at=moment, send_at=moment + timedelta(minutes=minutes()), text=text.strip()
    )
    urging.petitions.set(petitions)
    return urging


@transaction.atomic
def take_back(pk: int, *, by) -> Urging:
    """Take a round back before it is sent: nobody is told, no log is written. Colleagues of the office who may urge
    can do it for one another, and the one who confirmed it hears of it.

    Raises Stale where it was sent or taken back meanwhile, PermissionDenied where it is not of the user's office.
    """
    urging = Urging.objects.select_for_update(of=("self",)).select_related("made_by__organ__office").get(pk=pk)
    if not may_see(by, urging):
        raise PermissionDenied("这批催办不是您单位的，不能撤回")
    if urging.sent_at:
        raise Stale(f"这批催办已于 {clock(urging.sent_at)} 发出，不能撤回；要更正请再发一次")
    if urging.taken_back_at:
        raise Stale(f"这批催办刚被{urging.taken_back_by.name}于 {clock(urging.taken_back_at)} 撤回，没有发出")
    urging.taken_back_by, urging.taken_back_at = by, now()
    urging.save(update_fields=["taken_back_by", "taken_back_at"])
    if urging.made_by != by:
        words = f"您确认的一批催办由{by.name}撤回，没有发出"
        tell([urging.made_by], words, f"/supervision/urge/{urging.pk}/", f"urging-back:{urging.pk}")
    return urging


def may_see(user, urging) -> bool:
    return holds(user, Act.URGE) and urging.made_by.organ.office_id == user.organ.office_id


def send() -> int:
    """Send every round whose time has come; returns how many. A round another process is sending is left to it."""
    sent = 0
    for pk in Urging.objects.due(now()).order_by("send_at", "pk").values_list("pk", flat=True):
        sent += _send_one(pk)
    return sent


@transaction.atomic
def _send_one(pk: int) -> bool:
    """All of a round with the note that it was sent, or nothing: whoever dies in the middle leaves it waiting."""
    found = Urging.objects.due(now()).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
    urging = found.select_related("made_by__organ__office").first()
    if urging is None:
        return False
    petitions = list(urging.petitions.all())
    try:
        done = actions.urge(petitions, urging.text, by=urging.made_by)
    except PermissionDenied as said:  # 等着的时候调离了岗位
        done = actions.Urged(refused=[(petition.number, str(said)) for petition in petitions])
    urging.sent_at, urging.urged, urging.refused = now(), done.done, [list(one) for one in done.refused]
    urging.save(update_fields=["sent_at", "urged", "refused"])
    if done.refused:
        words = f"您确认的催办有 {len(done.refused)} 件没有发出"
        tell([urging.made_by], words, f"/supervision/urge/{urging.pk}/", f"urging-left:{urging.pk}")
    return True


def clock(moment) -> str:
    """The time of day in Beijing, for the screen."""
    return f"{moment.astimezone(BEIJING):%H:%M}"
