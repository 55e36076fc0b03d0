"""界面验收里凭查询码、凭草稿才走得到的页：找一位走到那一步的信访人，或者照样填一份。

一次只找一回：这里数不着查询，找得慢些不要紧。
"""

from functools import cache

from django.test import Client

from documents.letters import authenticity
from documents.models import Letter
from petitions.models import Party
from public.progress import own_progress
from public.submission import web_drafts
from routing.models import Suggestion
from rulebook.acts import Act
from tests.public.submit.filling import BEHALF, Filling

OFFERS = {"supplement": Act.SUPPLEMENT, "review": Act.REQUEST_REVIEW}


def petitioners():
    """With a phone, the latest first."""
    told = Party.objects.exclude(query_hash="").select_related("submission").order_by("-pk")
    return (party for party in told if party.phone)


def stands_at(kind: str, party: Party) -> bool:
    """Whether the party's progress page shows what is looked for."""
    shown = own_progress.of(party)
    match kind:
        case "plain":
            return len(shown) == 1 and not shown[0].confidential
        case "several":
            return len(shown) > 1
        case "confidential":
            return any(one.confidential for one in shown)
        case "rate":
            return len(shown) == 1 and bool(shown[0].rating) and shown[0].rating["open"]
        case _:
            return len(shown) == 1 and any(offer.act is OFFERS[kind] for offer in shown[0].offers)


@cache
def petitioner(kind: str) -> Party:
    """The latest who stands there; StopIteration where nobody does."""
    return next(party for party in petitioners() if stands_at(kind, party))


@cache
def proposer() -> Suggestion:
    """Somebody who left a phone with a suggestion that was answered."""
    answered = Suggestion.objects.filter(state=Suggestion.State.REPLIED).exclude(query_hash="").order_by("-pk")
    return next(one for one in answered if one.phone)


@cache
def genuine() -> Letter:
    """A letter that can be checked by its number and code."""
    issued = Letter.objects.filter(status=Letter.Status.ISSUED, secrecy=0).order_by("-pk")
    return next(letter for letter in issued if letter.number and authenticity.is_checkable(letter))


# 填到哪一页为止，哪些页照这里填；其余照 PAGES
DRAFTS = {
    "filled": ("", {}),
    "sent": ("", {}),
    "behalf": ("secret", {"who": {"who": "other"}, "behalf": BEHALF, "power": {"role": "agent", "paper": "later"}}),
    "group": ("others", {"who": {"who": "group"}}),
    "report": ("story", {"kind": {"kind": "report"}, "accused": {"accused": "某科长", "accused_unit": "青柳街道"}}),
    "unsure": ("sort", {"kind": {"kind": "unsure"}}),
    "wrong": ("contact", {}),
}


@cache
def draft(kind: str) -> str:
    """The cookie of an online letter filled in as far as DRAFTS says; `wrong` has a fault shown, `sent` a receipt."""
    until, other = DRAFTS[kind]
    filling = Filling(Client(SERVER_NAME="127.0.0.1")).start().fill(until=until, **other)
    if kind == "wrong":
        filling.put("contact", tel="139", addr="")
    if kind == "sent":
        filling.submit()
    return filling.client.cookies[web_drafts.COOKIE].value
