"""一个真正的进程：到点就办一件事。`python -m tests.petitions.racer`，命令是一行 JSON，从标准输入读。

Reads {"moment", "what", "petition", "by", "told"} once it has said it is ready, waits for the line "go", does it with
the clock held at the moment, and prints "done" or the sentence of the refusal.
"""

import json
import sys
from datetime import datetime

import django

django.setup()

from django.core.exceptions import PermissionDenied  # noqa: E402 - after django.setup()

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


def main() -> None:
    order = json.loads(sys.stdin.readline())
    petition = fresh(Petition.objects.get(pk=order["petition"]))
    print("ready", flush=True)
    sys.stdin.readline()
    with at(datetime.fromisoformat(order["moment"]).replace(tzinfo=BEIJING)):
        try:
            said = do(order, petition)
        except (Refused, PermissionDenied) as refused:
            said = str(refused)
    print(said, flush=True)


if __name__ == "__main__":
    main()
