"""Walk each room's part of a city pack in layer order: check, publish, load people. The one place to see them all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

import accounts.staff.staff_pack
import documents.letters.letter_pack
import insight.search.indexing
import petitions.intake.category_pack
import routing.destination.routing_pack
import routing.guide.guide_pack
import routing.learning.cold_start
import rulebook.city.rules_pack
import rulebook.statute.statutes
import supervision.ladder.ladder_pack
import supervision.proposals.responsibility_pack
import supervision.sampling.quality_pack
from accounts.models import Organ
from rulebook.city.publication import PackRefused as RulesRefused
from rulebook.city.publication import publish as publish_rules


class PackRefused(ValueError):
    """The pack may not be published; `complaints` holds the sentences."""

    def __init__(self, complaints: list[str]):
        super().__init__("；".join(complaints))
        self.complaints = complaints


def check(folder: Path) -> list[str]:
    """Every complaint about the pack, in sentences; empty where it may be published."""
    return [
        *rulebook.city.rules_pack.read(folder).complaints,
        *rulebook.statute.statutes.check(folder),
        *accounts.staff.staff_pack.read(folder).complaints,
        *documents.letters.letter_pack.check(letters_of(folder)),
        *petitions.intake.category_pack.check(folder),
        *routing.destination.routing_pack.check(folder),
        *routing.learning.cold_start.check(folder),
        *routing.guide.guide_pack.check(folder),
        *supervision.ladder.ladder_pack.check(folder),
        *supervision.sampling.quality_pack.check(folder),
        *supervision.proposals.responsibility_pack.check(folder),
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
    rule_set = publish_rules(rulebook.city.rules_pack.read(folder), by=by, effective_from=effective_from)
    rulebook.statute.statutes.load(folder)
    moved = _moved_by(lambda: accounts.staff.staff_pack.load(folder))
    insight.search.indexing.look_again(moved)
    documents.letters.letter_pack.load(letters_of(folder), valid_from=rule_set.effective_from, rule_set=rule_set)
    petitions.intake.category_pack.load(folder)
    routing.destination.routing_pack.load(folder, rule_set=rule_set)
    routing.learning.cold_start.load(folder)
    routing.guide.guide_pack.load(folder)
    supervision.ladder.ladder_pack.load(folder, rule_set=rule_set)
    supervision.sampling.quality_pack.load(folder, rule_set=rule_set)
    supervision.proposals.responsibility_pack.load(folder, rule_set=rule_set)
    return rule_set


def _moved_by(load: Callable[[], object]) -> list[int]:
    """Organs that stand at another place of the tree after loading: what lies with them is found by that place."""
    before = dict(Organ.objects.values_list("pk", "path"))
    load()
    after = Organ.objects.values_list("pk", "path")
    return [key for key, path in after if before.get(key, path) != path]


def load_people(folder: Path, password: str):
    """The demo city's staff; for demonstration and tests only."""
    return accounts.staff.staff_pack.load_people(Path(folder) / "people.csv", password)


def letters_of(folder: Path) -> Path:
    """A city without letters of its own uses the reference pack's."""
    return folder if (folder / "letters").is_dir() else folder.parent / "reference"
