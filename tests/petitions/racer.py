"""一个真正的进程：到点就办一件事。两个一起跑，看谁先到。

A server that has Django loaded forks each of them, so that a race does not wait for two interpreters to start. A racer
reads {"moment", "what", "petition", "by", "told"}, says that it is ready, waits for "go", does it with the clock held
at the moment, and says "done" or the sentence of the refusal.
"""

from datetime import datetime
from multiprocessing.connection import Connection

import django

django.setup()

from django.core.exceptions import PermissionDenied  # noqa: E402 - after django.setup()
from django.db import connection  # noqa: E402

from petitions.act.decorator import Refused  # noqa: E402
from petitions.approval import rules as approvals  # noqa: E402
from petitions.clocks import lapses  # noqa: E402
from petitions.models import PendingAct, Petition  # noqa: E402
from rulebook.acts import Act  # noqa: E402
from rulebook.timekeeping import BEIJING, at  # noqa: E402
from tests.cast import fresh, someone  # noqa: E402


def do(order: dict, petition) -> str:
    """One thing of the list; what became of it."""
    match order["what"]:
        case "approve":
            pending = PendingAct.objects.get(petition=petition, state="waiting")
            approvals.approve(pending, by=someone(order["by"]), note="同意")
        case "deem":
            return "done" if lapses.deem_acceptances() else "nothing"
        case act:
            approvals.request(petition, Act(act), by=someone(order["by"]), **order["told"])
    return "done"


def run(database: str, told: Connection) -> None:
    """One race in the database of that name; orders and answers go over the pipe."""
    connection.settings_dict["NAME"] = database
    order = told.recv()
    petition = fresh(Petition.objects.get(pk=order["petition"]))
    told.send("ready")
    told.recv()
    with at(datetime.fromisoformat(order["moment"]).replace(tzinfo=BEIJING)):
        try:
            said = do(order, petition)
        except (Refused, PermissionDenied) as refused:
            said = str(refused)
    told.send(said)
    connection.close()
