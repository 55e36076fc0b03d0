"""参考类案起草：把类案的答复逐段和本稿对照，哪些相同、哪些会带入、哪些空白要填，看清了才带。结论从不带入。"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import F, TextField, Value
from django.db.models.functions import Length

from accounts.models import Organ, User
from documents.text_overlap import likeness
from insight.precedents import Precedent, Reply
from petitions.handling.opinion.examination.placeholders import BLANK
from petitions.models import Party, Petition
from routing.destination.rule_books import book
from routing.precedent.blanked_text import Blanked, Known, blanked

FACTS, BASIS, ANSWER = "facts", "basis", "answer"
ALIKE = 0.1  # 诉求相像到这个程度才把那一项的答复摆过来
SAME, NEW, OWN = "same", "new", "own"
_SENTENCES = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_OF_LAW = re.compile(r"《[^《》]+》")


@dataclass(frozen=True)
class Piece:
    """One sentence: in both, only in the precedent (to be taken over), or only in this draft."""

    words: str
    kind: str

    @property
    def marked(self) -> list[tuple[str, bool]]:
        """The sentence in pieces, the blanks marked."""
        parts = re.split(f"({BLANK.pattern})", self.words)
        return [(part, bool(BLANK.fullmatch(part))) for part in parts if part]


@dataclass(frozen=True)
class Part:
    """One field of the draft beside the same part of the precedent; `taken` is its text once that is taken over."""

    name: str
    label: str
    source: str
    pieces: tuple[Piece, ...]
    taken: str
    left_out: str

    @property
    def has_new(self) -> bool:
        """Whether anything would be taken over."""
        return any(piece.kind == NEW for piece in self.pieces)


@dataclass(frozen=True)
class Comparison:
    """A draft beside a precedent."""

    precedent: Precedent
    parts: tuple[Part, ...]

    def taken(self, wanted: str = "") -> dict[str, str]:
        """The fields as they read once the wanted part is taken over, or all of them."""
        return {part.name: part.taken for part in self.parts if wanted in ("", part.name)}


def compare(petition: Petition, precedent: Precedent, typed: Mapping[str, str]) -> Comparison:
    """The draft as typed (facts, basis, answer1 …) beside the precedent, its details blanked. Nothing is stored."""
    known = known_of(precedent, petition)
    parts = [_part(FACTS, "事实和理由", "", blanked(precedent.facts, known), typed.get(FACTS, ""))]
    for claim in petition.claims.all():
        name = f"{ANSWER}{claim.number}"
        reply = _nearest(claim.text, precedent.replies)
        if reply is not None:
            label, source = f"第 {claim.number} 项处理意见", blanked(reply.claim, known).text
            parts.append(_part(name, label, source, blanked(reply.answer, known), typed.get(name, "")))
    parts.append(_basis(precedent.basis, known, typed.get(BASIS, "")))
    return Comparison(precedent, tuple(part for part in parts if part.pieces))


def known_of(precedent: Precedent, petition: Petition) -> Known:
    """Names of people, organs and places that belong to the other file; what also stands in this file may stay."""
    other = precedent.petition
    text = "\n".join((precedent.facts, *(f"{reply.claim}\n{reply.answer}" for reply in precedent.replies)))
    said = petition.submission.original if petition.shows_original else petition.excerpt
    own = f"{petition.place}\n{petition.title}\n{said}"
    submissions = [other.submission_id, *other.merged.values_list("submission", flat=True)]
    parties = Party.objects.filter(submission__in=submissions).values_list("name", flat=True)
    staff = User.objects.filter(pk__in=other.events.values("by")).values_list("name", flat=True)
    organs = {name for pair in _organs_in(text) for name in pair}
    places = {place.name for place in book().places_in(text)}
    ours = {petition.organ.name, petition.organ.short_name} | {name for name in places if name in own}
    return Known(frozenset({*parties, *staff}), frozenset(organs), frozenset(places), frozenset(ours))


def _organs_in(text: str):
    paper = Value(text, output_field=TextField())
    named = Organ.objects.alias(paper=paper, length=Length("short_name")).filter(paper__contains=F("short_name"))
    return named.filter(length__gte=2).values_list("name", "short_name")


def _nearest(claim: str, replies: tuple[Reply, ...]) -> Reply | None:
    """The reply to the demand most like this one; the only reply there is answers whatever was asked."""
    if len(replies) == 1:
        return replies[0]
    best = max(replies, key=lambda reply: likeness(claim, reply.claim))
    return best if likeness(claim, best.claim) >= ALIKE else None


def _part(name: str, label: str, source: str, said: Blanked, typed: str) -> Part:
    ours, theirs = _sentences(typed), _sentences(said.text)
    pieces = _compared(ours, theirs)
    new = "".join(piece.words for piece in pieces if piece.kind == NEW)
    kept = typed.rstrip()
    taken = f"{kept}\n{new}" if kept and new else kept or new
    return Part(name, label, source, tuple(pieces), taken, said.told)


def _basis(basis: str, known: Known, typed: str) -> Part:
    """Laws are carried line by line as they are; a line that names no law is none, and is blanked like any text."""
    lines = [line.strip() for line in basis.splitlines() if line.strip()]
    said = [line if _OF_LAW.search(line) else blanked(line, known).text for line in lines]
    ours = [line.strip() for line in typed.splitlines() if line.strip()]
    pieces = _compared(ours, said)
    new = [piece.words for piece in pieces if piece.kind == NEW]
    return Part(BASIS, "法律法规依据", "", tuple(pieces), "\n".join((*ours, *new)), "")


def _compared(ours: list[str], theirs: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for how, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if how == "equal":
            pieces += [Piece(words, SAME) for words in ours[start:end]]
            continue
        pieces += [Piece(words, OWN) for words in ours[start:end]]
        pieces += [Piece(words, NEW) for words in theirs[other_start:other_end] if words not in ours]
    return pieces


def _sentences(text: str) -> list[str]:
    return [words for found in _SENTENCES.findall(text.replace("\r\n", "\n")) if (words := found.strip())]
