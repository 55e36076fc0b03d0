"""评价过的件：走到送达，再由信访人评价。A petition in a test has walked there through real acts."""

from accounts.models import Organ
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor
from petitions.act.states import ActorKind
from petitions.models import CallBack
from rulebook.acts import Act
from tests.cast import decided, do, drafted, fresh, registered, serve_all

POOR = ("dissatisfied", "unanswered")
CONTENT = ("satisfied", "")
SAID = "第二项没有说清楚，电梯又停了。"


def lead(petition):
    return petition.submission.parties.order_by("position").first()


def of_two_bodies():
    """Registered at the petition office, forwarded to the street, concluded there: both may be rated."""
    petition = registered(by="dclerk1", organ=Organ.objects.get(code="YHXF"))
    petition = do(petition, Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"))
    petition = drafted(do(decided(petition), Act.ACCEPT))
    petition = do(do(do(petition, Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
    return do(serve_all(petition), Act.CLOSE)


def opinion(petition):
    return petition.services.select_related("letter", "petition").get(letter__kind="F12")


def rate(service, scores, words="", by=None, **more):
    """Rated by the petitioner, or by whom the test says."""
    service.petition = fresh(service.petition)
    actor = by if hasattr(by, "username") else Actor(ActorKind.PETITIONER, party_id=by or service.party_id)
    return carry_out(service, Act.RATE, by=actor, note=words, scores=scores, words=words, **more)


def call_back_on(petition, body="organ") -> CallBack:
    return CallBack.objects.get(rating__petition=petition, rating__body=body)
