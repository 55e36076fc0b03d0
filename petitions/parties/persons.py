"""信访人是谁：同一证件是同一人；新登记的当事人各有查询码。"""

import secrets

from petitions.parties.models import Party, Person

# no 0 O 1 I L U V: read aloud, copied by hand, typed at 70 years of age
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 12


def fresh_code() -> str:
    """A query code: 12 of 29 signs, about 58 bits; says nothing about the case."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_party(submission, position: int, **columns) -> Party:
    """One party with a query code of their own, not yet saved; their person is found by `settle_people`."""
    party = Party(submission=submission, position=position, **columns)
    renew_code(party)
    return party


def renew_code(party: Party) -> None:
    """A code and a PIN that nobody had before; not saved."""
    party.query_code, party.pin = fresh_code(), f"{secrets.randbelow(1_000_000):06d}"
    party.hash_keys()


def settle_people(parties: list[tuple[Party, str]]) -> None:
    """The person of each party: the one known by this identity; a phone joins two histories only together with the
    same name, and never where either has an identity."""
    by_identity = _known_by_identity({party.id_hash for party, _ in parties if party.id_hash})
    phones = {party.phone_hash for party, _ in parties if party.phone_hash and not party.id_hash}
    by_phone: dict[tuple[str, str], Person] = {}
    if phones:
        known = Person.objects.filter(phone_hash__in=phones, id_hash="").select_related("joined_into")
        for person in known.order_by("pk"):
            by_phone.setdefault((person.phone_hash, person.name), person.as_known)
    unknown: dict[str, Person] = {}
    fresh: dict[int, Person] = {}  # by object: rows without a key yet are not comparable
    for party, kind in parties:
        person = Person(name=party.name, kind=kind, id_hash=party.id_hash, phone_hash=party.phone_hash)
        if party.id_hash:
            if party.id_hash not in by_identity:
                unknown.setdefault(party.id_hash, person)
            continue
        if party.phone_hash:
            person = by_phone.setdefault((party.phone_hash, party.name), person)
        if person.pk is None:
            fresh[id(person)] = person
        party.person = person
    if unknown:
        # 同时登记同一个人的，谁先写下算谁的；按同一次序写，不会互相等死
        Person.objects.bulk_create((unknown[key] for key in sorted(unknown)), ignore_conflicts=True)
        by_identity |= _known_by_identity(set(unknown))
    Person.objects.bulk_create(fresh.values())
    for party, _ in parties:
        if party.id_hash:
            party.person = by_identity[party.id_hash]


def _known_by_identity(hashes: set[str]) -> dict[str, Person]:
    if not hashes:
        return {}
    found = Person.objects.filter(id_hash__in=hashes).select_related("joined_into")
    return {person.id_hash: person.as_known for person in found}
