"""为什么提示：把比对到的合与不合写成话，办理的人看得懂、核得了。"""

from collections.abc import Sequence

from insight.duplicates.agreement import Agreement
from insight.duplicates.pair_comparison import Compared
from insight.search.marks import SOUNDS_ALIKE

SHOWN = 3  # names of each sort
ENOUGH_COPIED = 0.5  # of the shorter text
TELLING = 0.45  # a name rarer than that says something
SHORTEST = 5  # signs of a stretch worth showing


def reasons(compared: Compared, matched: Sequence[str] = ()) -> tuple[str, ...]:
    """What speaks for the same matter, the strongest first; `matched`: the keys both share (证件号、手机号 …), the
    sound of the name among them."""
    exact = [key for key in matched if key != SOUNDS_ALIKE]
    said = ["、".join(exact) + "相同"] if exact else []
    said += [SOUNDS_ALIKE] if SOUNDS_ALIKE in matched else []
    told = [named for weight, named in compared.agreement.alike if weight >= TELLING]
    for kind in dict.fromkeys(named.kind for named in told):
        names = [named.name for named in told if named.kind == kind]
        said.append(f"同一{kind}：{'、'.join(_outermost(names)[:SHOWN])}")
    if compared.scores["copied"] >= ENOUGH_COPIED:
        said.append("大段文字相同")
    elif compared.stretches and len(compared.stretches[0]) >= SHORTEST:
        said.append(f"同样的话：{compared.stretches[0]}")
    said.append("同日" if compared.days == 0 else f"相隔 {compared.days} 日")
    return tuple(said)


def contradictions(compared: Compared) -> tuple[str, ...]:
    """What speaks against it: another place, object, area or building."""
    met = compared.agreement
    said = [f"同样的话换了名字：{one} / {another}" for weight, one, another in met.exchanged[:1] if weight >= TELLING]
    said += [
        f"{one.kind}不同：{one.name} / {another.name}"
        for weight, one, another in met.apart
        if weight >= TELLING and not _is_told(met, one.name, another.name)
    ][:SHOWN]
    if met.areas_apart:
        said.append(f"辖区不同：{met.areas_apart[0]} / {met.areas_apart[1]}")
    if met.numbers_apart:
        said.append(f"楼栋线路不同：{met.numbers_apart[0]} / {met.numbers_apart[1]}")
    return tuple(said)


def _is_told(met: Agreement, one: str, another: str) -> bool:
    return any({one, another} & {ours, theirs} for _, ours, theirs in met.exchanged[:1])


def _outermost(names: list[str]) -> list[str]:
    return [name for name in names if not any(name != other and name in other for other in names)]
