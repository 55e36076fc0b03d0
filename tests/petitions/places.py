"""Where the edge cases begin: at the district petition office, forwarded or assigned to the street."""

from datetime import timedelta

from accounts.models import Organ
from petitions.act.consequences import carry_out
from petitions.approval import rules as approvals
from petitions.models import PendingAct
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import do, fresh, registered, someone


def organ(code) -> Organ:
    return Organ.objects.get(code=code)


def at_office(**told):
    return registered(by="dclerk1", organ=organ("YHXF"), **told)


def forwarded(**told):
    return do(at_office(**told), Act.FORWARD, "dclerk1", to=organ("YHQL"))


def assigned(days=20, **told):
    return do(at_office(**told), Act.ASSIGN, "dchief1", to=organ("YHQL"), due_on=today() + timedelta(days=days))


def ask(petition, act, by="officer1", **details) -> PendingAct:
    return approvals.request(fresh(petition), act, by=someone(by), **details)


def approve_all(pending, *people):
    for name in people:
        pending = approvals.approve(pending, by=someone(name), note="同意")
    return fresh(pending.petition)


def clock(petition, term):
    return fresh(petition).deadlines.get(term=term)


def serve_on(petition, kind, day, by="officer1"):
    """Serve every waiting letter of that kind, in person, on the day."""
    for service in petition.services.filter(letter__kind=kind, served_on=None):
        service.petition = fresh(petition)
        carry_out(service, Act.SERVE, by=someone(by), means="direct", on=day)
    return fresh(petition)
