"""查询码加一样只有本人知道的数字：手机号后四位、证件号后四位或者回执上的口令。

A code that exists and one that does not cost the same: one query that finds a row either way (the first at or after the
hash), the same seals opened, the same comparisons. Only who told everything rightly costs more, and is told more.
"""

import hmac
import secrets
from functools import lru_cache

from django.core import signing

from accounts.privacy import EncryptedTextField, decrypt, encrypt, keyed_hash
from petitions.models import Party
from routing.models import Suggestion

TOKEN_AGE = 30 * 60  # 秒：查到之后，这一页上的下载和大字版在半小时内不必再输
_PAGE, _LETTER, _RATING, _ASK = "public.progress.own_progress", "public.letter", "public.rating", "public.ask"


def plain(text: str) -> str:
    """As it is compared: letters and digits only, in capitals."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


def party_of(code: str, *, phone_tail: str = "", id_tail: str = "", pin: str = "") -> Party | None:
    """The party whose code it is, where every number given is right and at least one is given; else None.

    An unknown code takes the same road as wrong digits.
    """
    party, is_it = _at_or_after(Party.objects.select_related("submission"), code)
    asked = [
        (plain(phone_tail), plain(party.phone)[-4:]),
        (plain(id_tail), plain(party.id_number)[-4:]),
        (plain(pin), plain(party.pin)),
    ]
    return party if _all_right(asked) and is_it else None


def suggestion_of(code: str, *, phone_tail: str = "", pin: str = "") -> Suggestion | None:
    """The suggestion whose code it is, by the same rule; one made without a name has the PIN alone."""
    found, is_it = _at_or_after(Suggestion.objects.all(), code)
    asked = [(plain(phone_tail), plain(found.phone)[-4:]), (plain(pin), plain(found.pin))]
    return found if _all_right(asked) and is_it else None


def _at_or_after(rows, code: str):
    """(row, whether the code is its own): the first at or after the code's hash, its sealed values opened.

    Past the last row a blank one, and as many decoys are opened as a row has sealed values.
    """
    wanted = keyed_hash(plain(code) or "-")
    found = rows.exclude(query_hash="").filter(query_hash__gte=wanted).order_by("query_hash").first()
    if found is None:
        for _ in range(_sealed_values(rows)):
            decrypt(_decoy())
        found = rows.model()
    return found, hmac.compare_digest(wanted, found.query_hash)


def _sealed_values(rows) -> int:
    """How many values are opened with one of these rows, those of the rows read with it among them."""
    models = [rows.model, *(rows.model._meta.get_field(name).related_model for name in rows.query.select_related or ())]
    return sum(isinstance(field, EncryptedTextField) for model in models for field in model._meta.concrete_fields)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return encrypt("1" * 11)


def _all_right(asked: list[tuple[str, str]]) -> bool:
    """Whether every number told is the one kept, and at least one is told."""
    given = [(told, kept) for told, kept in asked if told]
    right = [hmac.compare_digest(told, kept) and bool(kept) for told, kept in given]
    return bool(right) and all(right)


def token_of(party: Party) -> str:
    """Stands for the right answer on the page that followed it; carries no number of the petitioner."""
    return signing.dumps(party.pk, salt=_PAGE)


def party_behind(token: str) -> Party | None:
    """The party of a token that has not aged; None otherwise."""
    try:
        pk = signing.loads(token, salt=_PAGE, max_age=TOKEN_AGE)
    except signing.BadSignature:
        return None
    return Party.objects.select_related("submission").filter(pk=pk).first()


def letter_token(party: Party, letter_id: int) -> str:
    """The right to one letter, for the same half hour."""
    return signing.dumps([party.pk, letter_id], salt=_LETTER)


def letter_behind(token: str) -> tuple[int, int] | None:
    """(party, letter) of a letter token; None where it is altered or has aged."""
    try:
        party_id, letter_id = signing.loads(token, salt=_LETTER, max_age=TOKEN_AGE)
    except signing.BadSignature:
        return None
    return party_id, letter_id


def rating_token(service) -> str:
    """The right of its petitioner to rate one served opinion, for the same half hour."""
    return signing.dumps([service.party_id, service.pk], salt=_RATING)


def rating_behind(token: str) -> tuple[int, int] | None:
    """(party, service) of a rating token; None where it is altered or has aged."""
    try:
        party_id, service_id = signing.loads(token, salt=_RATING, max_age=TOKEN_AGE)
    except signing.BadSignature:
        return None
    return party_id, service_id


def ask_token(party: Party, act: str, subject_id: int) -> str:
    """The right of a party to ask for one thing once: sent again, it is known by its last part as the same request."""
    return signing.dumps([party.pk, str(act), subject_id, secrets.token_hex(8)], salt=_ASK)


def ask_behind(token: str) -> tuple[int, str, int, str] | None:
    """(party, act, subject, once) of an asking token; None where it is altered or has aged."""
    try:
        party_id, act, subject_id, once = signing.loads(token, salt=_ASK, max_age=TOKEN_AGE)
    except signing.BadSignature:
        return None
    return party_id, act, subject_id, once
