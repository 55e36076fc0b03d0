"""在用的判断：每样一版，解开一次留在进程里；换了版次，下次就用新的。"""

from dataclasses import dataclass

from routing.learning.blend import Judged, trust_of
from routing.learning.classifier import Sorter
from routing.learning.features import Grams, grams_of
from routing.models import Promotion, SorterVersion, Subject

EXPLAINED = 3
FROM_PACK = "pack"  # 版次摘要这样开头的，学的是城市包的例句
_unpacked: dict[str, tuple[int, Sorter]] = {}  # subject → (版次的键, 解开的)


@dataclass(frozen=True)
class Learnt:
    """A version in use."""

    version_id: int
    cases: int
    sorter: Sorter
    from_pack: bool = False

    def judge(self, text: str, title: str = "") -> Judged:
        """The share of each label for a text, and for the first three why."""
        grams = grams_of(text, title)
        ranked = self.sorter.rank_grams(grams)
        because = {row.label: self._said(grams, row.label) for row in ranked[:EXPLAINED]}
        return Judged({row.label: row.share for row in ranked}, trust_of(self.cases), because)

    def _said(self, grams: Grams, label: str) -> str:
        words = "".join(f"“{pair}”" for pair in self.sorter.because_of(grams, label))
        source = f"城市包的 {self.cases} 条例句" if self.from_pack else f"已确认的 {self.cases} 件"
        like = f"{source}里，这样说的多属此类"
        return f"{like}：{words}" if words else like


def in_use() -> dict[str, Learnt]:
    """What is in use for each subject; a subject without a version goes by the rules alone."""
    columns = ("subject", "version_id", "version__cases", "version__fingerprint")
    return {
        subject: Learnt(version_id, cases, _sorter(subject, version_id), fingerprint.startswith(FROM_PACK))
        for subject, version_id, cases, fingerprint in Promotion.objects.in_use().values_list(*columns)
        if version_id is not None and subject in Subject.values
    }


def _sorter(subject: str, version_id: int) -> Sorter:
    known = _unpacked.get(subject)
    if known is None or known[0] != version_id:
        stored = SorterVersion.objects.values_list("stored", flat=True).get(pk=version_id)
        known = _unpacked[subject] = (version_id, Sorter.from_bytes(bytes(stored)))
    return known[1]
