"""别人正在写：打开意见稿、文书的表即记下，离开、办成或者过时即消；别人打开同一件时看得见。

Nobody is locked out: who saves second is told of the newer version (desk.casework.act.performance.clash) and
keeps their text.
"""

from datetime import datetime, timedelta

from accounts.models import User
from petitions.petition.editing.models import Editing
from rulebook.acts import Act
from rulebook.timekeeping import now

OPENED = timedelta(minutes=30)  # 打开后没有脚本报到的，这么久算离开
HEARD = timedelta(minutes=3)  # 页面每分钟报到一次；这么久没有报到算离开


def begin(petition, act: Act, user: User) -> None:
    """The form is open before the user; opened again while it still is, it keeps its first hour."""
    moment = now()
    Editing.objects.filter(petition=petition, until__lte=moment).delete()
    told = {"until": moment + OPENED}
    Editing.objects.update_or_create(
        petition=petition, act=str(act), user=user, defaults=told, create_defaults=told | {"since": moment}
    )


def go_on(petition, act: Act, user: User) -> None:
    """The page says that the form is still open. Nothing where it was never opened or has been taken for left."""
    mine = Editing.objects.running(now()).filter(petition=petition, act=str(act), user=user)
    mine.update(until=now() + HEARD)


def end(petition, act: Act, user: User) -> None:
    """Done, or given up."""
    Editing.objects.filter(petition=petition, act=str(act), user=user).delete()


def by_others(petition, user: User) -> list[tuple[str, str, datetime]]:
    """Who else is writing on this petition: (name, what, since when), the first first. One query."""
    rows = Editing.objects.running(now()).filter(petition=petition).exclude(user=user)
    return [(row.user.name, Act(row.act).label, row.since) for row in rows.select_related("user").order_by("since")]
