"""Walk each room's part of a city pack in layer order: check, publish, load people. The one place to see them all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

import accounts.pack
import documents.pack
import insight.actions
import petitions.pack
import routing.coldstart
import routing.guide_pack
import routing.pack
import rulebook.pack
import rulebook.statutes
import supervision.pack
import supervision.proposals.pack
import supervision.sampling.pack
from accounts.models import Organ
from rulebook.publishing import PackRefused as RulesRefused
from rulebook.publishing import publish as publish_rules


class PackRefused(ValueError):
    """The pack may not be published; `complaints` holds the sentences."""

    def __init__(self, complaints: list[str]):
        super().__init__("；".join(complaints))
        self.complaints = complaints


def check(folder: Path) -> list[str]:
    """Every complaint about the pack, in sentences; empty where it may be published."""
    return [
        *rulebook.pack.read(folder).complaints,
        *rulebook.statutes.check(folder),
        *accounts.pack.read(folder).complaints,
        *documents.pack.check(letters_of(folder)),
        *petitions.pack.check(folder),
        *routing.pack.check(folder),
        *routing.coldstart.check(folder),
        *routing.guide_pack.check(folder),
        *supervision.pack.check(folder),
        *supervision.sampling.pack.check(folder),
        *supervision.proposals.pack.check(folder),
    ]


REFUSED = (PackRefused, RulesRefused)


@transaction.atomic
def publish(folder: Path, *, by: str, effective_from: date | None = None):
    """Publish the pack: one transaction, one immutable rule set, from a day on (the pack's own unless told).

    Raises PackRefused (this room's or the rulebook's, see REFUSED) with the complaints.

    Publishing the same files twice changes nothing.
    """
    folder = Path(folder)
    if complaints := check(folder):
        raise PackRefused(complaints)
    rule_set = publish_rules(rulebook.pack.read(folder), by=by, effective_from=effective_from)
    rulebook.statutes.load(folder)
    moved = _moved_by(lambda: accounts.pack.load(folder))
    insight.actions.look_again(moved)
    documents.pack.load(letters_of(folder), valid_from=rule_set.effective_from, rule_set=rule_set)
    petitions.pack.load(folder)
    routing.pack.load(folder, rule_set=rule_set)
    routing.coldstart.load(folder)
    routing.guide_pack.load(folder)
    supervision.pack.load(folder, rule_set=rule_set)
    supervision.sampling.pack.load(folder, rule_set=rule_set)
    supervision.proposals.pack.load(folder, rule_set=rule_set)
    return rule_set


def _moved_by(load: Callable[[], object]) -> list[int]:
    """Organs that stand at another place of the tree after loading: what lies with them is found by that place."""
    before = dict(Organ.objects.values_list("pk", "path"))
    load()
    after = Organ.objects.values_list("pk", "path")
    return [key for key, path in after if before.get(key, path) != path]


def load_people(folder: Path, password: str):
    """The demo city's staff; for demonstration and tests only."""
    return accounts.pack.load_people(Path(folder) / "people.csv", password)


def letters_of(folder: Path) -> Path:
    """A city without letters of its own uses the reference pack's."""
    return folder if (folder / "letters").is_dir() else folder.parent / "reference"
