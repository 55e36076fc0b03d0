"""库里的一件像演示件里的哪一桩：归谁办、走哪条路，照那一桩。只看分类、地方和登记的单位，不另记。"""

from collections.abc import Sequence
from dataclasses import replace

from accounts.staff.areas import district_of
from config.demo.daily.newcomers import ONCE
from config.demo.story.reader import Tale
from petitions.models import Petition

HERE = "所在街道"


class Known:
    """What the demo file knows: who handles a matter of that kind, and which way it goes."""

    def __init__(self, tales: Sequence[Tale], streets: dict[str, str]):
        """`streets`: territory → code of the street or town office there."""
        self.streets = streets
        self.plain = next(tale for tale in tales if tale.story == "closed" and tale.kind == "appeal")
        self.models: dict[tuple[str, str, bool], Tale] = {}
        for tale in tales:
            if tale.story not in ONCE:
                self.models.setdefault(self._key(tale.category, tale.territory, tale.organ), tale)

    def _key(self, category: str, territory: str, organ: str) -> tuple[str, str, bool]:
        return category, district_of(territory), organ in self.streets.values()

    def tale_of(self, petition: Petition, key: str, cast) -> Tale:
        """The petition as a tale: what the steps read of one. `key` is the tale's id."""
        submission, category = petition.submission, petition.category.code if petition.category else ""
        registrar = cast.by_key[submission.organ_id].code
        found = self.models.get(self._key(category, petition.territory, registrar))
        handler, here = self._handler(found, petition, registrar, cast), cast.by_key[petition.organ_id].code
        return replace(
            found or self.plain,
            id=key,
            organ=here,
            handler=handler,
            forward_after=1,
            kind=petition.kind,
            channel=submission.channel,
            category=category,
            territory=petition.territory,
            extend_days=30,
            name="",
            flags=frozenset(),
            repeat_of="",
            group_of="",
        )

    def _handler(self, found: Tale | None, petition: Petition, registrar: str, cast) -> str:
        district = district_of(petition.territory)
        if petition.kind == "report":
            organs = cast.organs.values()
            return next(one.code for one in organs if one.kind == "discipline" and one.territory == district)
        street = self.streets.get(petition.territory, "")
        if found is None or cast.organs[found.handler].is_petition_office:
            return street or registrar
        return street if found.handler == self.streets.get(found.territory) and street else found.handler
