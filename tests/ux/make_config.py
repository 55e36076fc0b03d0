"""界面验收配置：把 uxcheck.json 里的占位换成这座演示城市里真有的编号，写到 var/ux/uxcheck.json。

    PORT=8000 python3 run.py manage shell < tests/ux/make_config.py

Placeholders of a page's address, answered for the person named in its "as" (a session of uxcheck.json):
{open:ACT} the form of an act that stands open on some case;
{case:STATE} a case in the state; {letter:KIND} the address of an issued letter; {why} of a derivation;
{suggestion} a published suggestion's number; {campaign} the campaign with a closing day;
{order} {carried} {callback} {callin} {circular} {urging} {user} {sample} {proposal:KIND} primary keys
({carried}: an order that went all the way; {urging}: a round of 催办, confirmed here where there is none yet);
{sheet} one that the person has still to fill, {settle} the place of one to settle;
{inhand} somebody with petitions the person may allot;
{number} a case registered by the person; {known} the identity number of somebody who
registered with the person's office before; {code:KIND} {tail:KIND} query code and phone tail of
an invented petitioner who stands there, {scode} {stail} of one who made a suggestion; {docno} {check} of an
issued letter; {draft:KIND} the cookie of an online letter (tests/ux/citizens.py has the kinds);
{password} {port}. A page nobody can open stops the run. A page that answers 404 is not
checked here: the browser itself reports it as a console error.
"""

import json
import os
import re
from functools import cache

from django.conf import settings

from accounts.authority import who as whoever
from accounts.models import User
from config.management.commands.demo_city import PASSWORD
from desk.casework.act import subjects
from desk.casework.page import available_acts
from desk.handover import inhand
from documents.letters import authenticity
from petitions.act.states import OPEN
from petitions.models import CallBack, Party, Petition, PetitionLetter
from petitions.petition import dossier
from routing.models import Campaign, Suggestion
from rulebook.acts import Act
from supervision.models import CallIn, Circular, Order, Proposal, Reading, SamplePlan, Urging
from supervision.sampling import plans
from supervision.urging import rules as urging
from tests.ux import citizens

SOURCE = settings.BASE_DIR / "tests" / "ux" / "uxcheck.json"
TARGET = settings.BASE_DIR / "var" / "ux" / "uxcheck.json"


@cache
def person(username):
    return User.objects.get(username=username)


def cases(who):
    """What the person sees, most recent first, without confidential ones."""
    return Petition.objects.visible_to(person(who)).filter(secrecy=0).order_by("-pk")


def open_for(who, code):
    """`NUMBER/do/ACT/` where the act stands open to the person; failing that, where its page says why it does not."""
    wanted, user = Act(code), person(who)
    closed = ""
    for number in cases(who).values_list("number", flat=True):
        petition = dossier.load(lambda: Petition.objects.visible_to(user), number, about=whoever(user))
        offered = available_acts.of(petition, person(who))
        address = f"{number}/do/{code}/"
        if any(entry["act"] is wanted for entry in offered.open):
            noun = subjects.of(wanted, petition, person(who))
            return address + (f"?service={noun.pk}" if wanted in subjects.SERVICE_ACTS else "")
        if any(entry["act"] is wanted for entry in offered.blocked):
            closed = closed or address
    if not closed:
        raise LookupError(code)
    return closed


def letter(who, code):
    links = PetitionLetter.objects.filter(letter__kind=code, letter__issued_at__isnull=False)
    number, key = links.filter(petition__in=cases(who)).order_by("-pk").values_list("petition__number", "letter_id")[0]
    return f"{number}/letters/{key}/"


def known(who):
    """Registered at the person's own office under an identity number, nothing of theirs running there now."""
    office = person(who).organ.office
    told = Party.objects.filter(submission__organ=office, name_withheld=False, submission__petitions__secrecy=0)
    busy = Party.objects.filter(submission__petitions__state__in=OPEN).values("id_hash")
    return told.exclude(id_hash="").exclude(id_hash__in=busy).latest("pk").id_number


def urging_of(who):
    """A round the person's office confirmed; the demo city holds none, so one is laid, on the carried order."""
    found = Urging.objects.of_office(person(who).organ.office_id).order_by("-pk").first()
    about = Petition.objects.filter(pk=Order.objects.exclude(call_ins=None).latest("pk").petition_id)
    return found or urging.lay(about.visible_to(person(who), Act.URGE), "请说明处理意见落实的进度。", by=person(who))


def of(word, who):
    """The text for one placeholder."""
    kind, _, what = word.partition(":")
    match kind:
        case "open":
            return open_for(who, what)
        case "case":
            return (
                Petition.objects.visible_to(person(who))
                .filter(state=what)
                .order_by("-under_order", "-seq")
                .values_list("number", flat=True)[0]
            )
        case "letter":
            return letter(who, what)
        case "why":
            number, key = cases(who).filter(deadlines__term="D06").values_list("number", "deadlines__pk")[0]
            return f"{number}/why/{key}/"
        case "order":
            return str(Order.objects.filter(petition__in=cases(who)).latest("pk").pk)
        case "callin":
            return str(CallIn.objects.filter(orders__petition__in=cases(who)).latest("pk").pk)
        case "circular":
            return str(Circular.objects.filter(orders__petition__in=cases(who)).latest("pk").pk)
        case "callback":
            return str(CallBack.objects.open().of_caller(person(who)).latest("pk").pk)
        case "carried":
            return str(Order.objects.filter(petition__in=cases(who)).exclude(call_ins=None).latest("pk").pk)
        case "urging":
            return str(urging_of(who).pk)
        case "proposal":
            return str(Proposal.objects.filter(kind=what).latest("pk").pk)
        case "suggestion":
            return Suggestion.objects.published()[0].number
        case "campaign":
            return str(Campaign.objects.exclude(closes_on=None).latest("pk").pk)
        case "sample":
            return str(SamplePlan.objects.latest("pk").pk)
        case "settle":
            listed = plans.with_sheets(SamplePlan.objects.latest("pk").sampled.filter(settled_at=None))
            return str(next(one.place for one in listed if one.handed_in == 2))
        case "sheet":
            return str(Reading.objects.filter(reader=person(who), done_at=None).latest("pk").pk)
        case "user":
            return str(person("clerk1").pk)
        case "inhand":
            return str(inhand.people(person(who))[0].pk)
        case "number":
            return (
                cases(who).filter(events__act=Act.REGISTER, events__by=person(who)).values_list("number", flat=True)[0]
            )
        case "code":
            return citizens.petitioner(what).query_code
        case "tail":
            return citizens.petitioner(what).phone[-4:]
        case "scode":
            return citizens.proposer().query_code
        case "stail":
            return citizens.proposer().phone[-4:]
        case "docno":
            return citizens.genuine().number
        case "check":
            return authenticity.code_of(citizens.genuine())
        case "draft":
            return citizens.draft(what)
        case "known":
            return known(who)
        case "password":
            return PASSWORD
        case "port":
            return os.environ.get("PORT", "8000")
    raise SystemExit(f"不认识的占位 {word}")


def answer(word, who):
    """The text for one placeholder; stops with a sentence where the city has nothing of the kind."""
    try:
        return of(word, who)
    except (LookupError, StopIteration) as nothing:
        raise SystemExit(f"演示城市里没有给 {who} 看的 {word}") from nothing


def fill(node, who=""):
    """The template with every placeholder answered."""
    if isinstance(node, dict):
        return {key: fill(value, node.get("as", who)) for key, value in node.items()}
    if isinstance(node, list):
        return [fill(value, who) for value in node]
    return re.sub(r"\{([a-z]+(?::\w+)?)\}", lambda m: answer(m[1], who), node) if isinstance(node, str) else node


TARGET.parent.mkdir(parents=True, exist_ok=True)
filled = fill(json.loads(SOURCE.read_text(encoding="utf-8")))
TARGET.write_text(json.dumps(filled, ensure_ascii=False, indent=1), encoding="utf-8")
print(TARGET.relative_to(settings.BASE_DIR))
