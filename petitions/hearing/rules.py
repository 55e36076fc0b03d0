"""听证的规矩：什么时候举行、谁坐在上面、谁应当回避、怎样作出结论（第三十一条第六项、第三十六条第二款）。"""

from datetime import timedelta

from petitions.hearing import recusal
from rulebook.books import settings_of
from rulebook.timekeeping import today

MINUTES = "听证结论须写明各方陈述、举证质证、评议情况和结论"


def unlawful_hearing(noun, *, held_on, held_at, until, place, host, members, recorder="", **_):
    """How it is to be held. Days of notice and the like are local: the city decides (rules §1.10, 待核)."""
    if not all(told.strip() for told in (place, host, held_at, recorder)):
        return "听证须写明时间、地点、主持人和记录人"
    sitting = recusal.names_of(members)
    if len(sitting) % 2 == 0:
        return f"听证员应为单数，现为 {len(sitting)} 人"
    if held_on < today() or until < held_on:
        return "听证应在今天或者以后举行，结论不早于举行之日"
    notice = settings_of(noun.the_petition().rule_set)["hearing_notice_days"]
    if (held_on - today()).days < notice:
        earliest = today() + timedelta(days=notice)
        return f"听证通知应当在举行 {notice} 日前发出，最早可定在{earliest:%Y-%m-%d}（本地听证办法）"
    return None


def somebody_must_step_back(noun, *, host, members, recorder="", interests="", asked=False, **_):
    """第二十八条第三款：主持人、听证员、记录人与事项或者信访人有直接利害关系的回避。"""
    seats = {"主持人": [host], "听证员": recusal.names_of(members), "记录人": [recorder]}
    seats = {seat: [name for name in names if name.strip()] for seat, names in seats.items()}
    return recusal.refusal(noun, seats, interests=interests, asked=asked)


def not_the_organ_of(noun, *, by, **_):
    """A hearing belongs to the organ that holds it: the one under review does not end the reviewer's."""
    if by.user is not None and by.user.office.pk != noun.organ.office_id:
        return f"听证由{noun.organ.short_name}举行，须由该单位决定、作出结论或者取消"
    return None


def call(noun, by, *, organ, proceeding=None, **told):
    """The hearing row and the log facts of calling it."""
    hearing = noun.the_petition().hearings.create(
        proceeding=proceeding,
        organ=organ,
        called_on=today(),
        called_by=by.user,
        **told,
    )
    return {"scope": {"hearing": hearing.pk}, "details": {"until": hearing.until.isoformat()}}


def not_held_yet(hearing, *, minutes, evidence, votes, result, **_):
    if today() < hearing.held_on:
        return f"听证定于{hearing.held_on:%Y-%m-%d}举行，还没有举行；不再举行的，请取消听证"
    return None if all(told.strip() for told in (minutes, evidence, votes, result)) else MINUTES
