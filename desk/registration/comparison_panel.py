"""比对与提示：边录边看——本人既往、相似件、同一地点、法定途径、分类与去向建议。只提示，由人确认。"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.models import Organ, OrganKind
from desk.registration import claim_lines as claims
from desk.registration import register_choices, submitted_parties
from desk.registration.forms import earlier_of
from insight.duplicates.exact_keys import Earlier, History, earlier
from insight.duplicates.similar_petitions import Similar, similar
from petitions.act.states import Kind
from petitions.intake.registration import summary_of
from petitions.joint.earlier_petition import Foreseen, Tie, foresee
from petitions.models import Petition
from petitions.parties.identity import examine, tidy_name, tidy_phone
from routing.destination.acts import suggest
from routing.destination.rule_books import KnownPlace, book
from rulebook import books, clock
from rulebook.timekeeping import today

ENOUGH = 6  # 字；再少不比对
WINDOW = 90  # 自然日
WEEKS = 13
CROWDED = 5  # 件；同一地点九十日内
SIMILAR_ASKED = 4
SIMILAR_SHOWN = 2
OPTIONS = 3  # 最好的三个
REASON_SHOWN = 27  # 字：一行；全文在右栏


@dataclass(frozen=True)
class Typed:
    """What stands in the form at this moment; nothing is checked yet."""

    channel: str
    idno: str
    name: str
    phone: str
    address: str
    text: str
    claims: list[str]
    territory: str
    target: str
    aim: str
    litigation: str
    category: str
    unit: str
    repeat: str
    tie: str
    accused_unit: str
    day: str

    @classmethod
    def of(cls, data) -> "Typed":
        told = {name: (data.get(name) or "").strip() for name in NAMES}
        text = told["txt"].replace("\r\n", "\n")
        typed = told["claims"].replace("\r\n", "\n")
        own = typed and typed != told["parsed"].replace("\r\n", "\n")
        return cls(
            channel=told["channel"] or "visit",
            idno=submitted_parties.tidy(told["idno"]),
            name=tidy_name(told["nm"]),
            phone=tidy_phone(told["tel"]),
            address=told["addr"],
            text=text,
            claims=claims.lines(typed) if own else claims.split(text),
            territory=told["loc"],
            target=told["tgt"],
            aim=told["aim"],
            litigation=told["litigation"],
            category=told["cat_other"] or told["cat"],
            unit=told["unit_other"] or told["unit"],
            repeat=told["repeat"],
            tie=told["tie"] or str(Tie.MERGE),
            accused_unit=told["accused_unit"],
            day=told["day"],
        )

    @property
    def received_on(self) -> date:
        """The day of receipt as typed; today while that is no day, or lies ahead."""
        try:
            return min(date.fromisoformat(self.day), today())
        except ValueError:
            return today()

    @property
    def is_enough(self) -> bool:
        return len(self.text) >= ENOUGH or len(self.idno) >= ENOUGH or len(self.phone) >= ENOUGH


NAMES = (
    *("channel", "idno", "nm", "tel", "addr", "txt", "claims", "parsed", "loc", "tgt", "aim", "litigation"),
    *("cat", "cat_other", "unit", "unit_other", "repeat", "tie", "accused_unit", "day"),
)


@dataclass(frozen=True)
class Option:
    """One radio of section ③."""

    value: str
    label: str
    percent: int | None = None
    why: str = ""
    checked: bool = False


@dataclass(frozen=True)
class PlaceCount:
    """How often the place came up in the last 90 natural days among what the clerk may see."""

    name: str
    count: int
    weeks: list[int]

    @property
    def is_crowded(self) -> bool:
        return self.count >= CROWDED

    @property
    def bars(self) -> list[dict]:
        """Bars of the small chart, 300 × 34; the last one is this week."""
        highest = max([*self.weeks, 1])
        return [
            {"x": 2 + 23 * at, "top": 34 - height, "height": height, "now": at == len(self.weeks) - 1}
            for at, height in enumerate(max(2, round(28 * n / highest)) for n in self.weeks)
        ]

    @property
    def spoken(self) -> str:
        return f"近 {len(self.weeks)} 周每周件数：" + "、".join(str(n) for n in self.weeks)


@dataclass
class Comparison:
    """All the page shows beside the form."""

    typed: Typed
    asked: bool = False
    history: History = field(default_factory=History)
    likes: list[Similar] = field(default_factory=list)
    place: PlaceCount | None = None
    known_place: KnownPlace | None = None
    categories: list[Option] = field(default_factory=list)
    units: list[Option] = field(default_factory=list)
    summary: str = ""
    hints: list[tuple[str, str]] = field(default_factory=list)
    grounds: list[tuple[str, str]] = field(default_factory=list)
    tied: Foreseen | None = None

    @property
    def count(self) -> int:
        return len({row.petition.pk for row in self.history.seen} | {row.petition.pk for row in self.likes})

    @property
    def others(self) -> list[Similar]:
        """The most alike that are not already listed as the petitioner's own."""
        own = {row.petition.pk for row in self.history.seen}
        return [row for row in self.likes if row.petition.pk not in own][:SIMILAR_SHOWN]

    @property
    def same_running(self) -> Petition | None:
        """本人同一事项正在办理：the petition to merge into, where text and person agree."""
        if self.tied is not None:
            return self.tied.old
        alike = {row.petition.pk for row in self.likes if row.is_alert}
        return next((row.petition for row in self.history.running if row.petition.pk in alike), None)

    @property
    def first_running(self) -> Petition | None:
        """What Alt+G would merge into."""
        return self.same_running or next((row.petition for row in self.history.running), None)


def compare(user, office, typed: Typed) -> Comparison:
    """Ask insight and routing about what is typed so far. Reads only; at most a dozen queries."""
    found = Comparison(typed)
    found.tied = _foreseen(user, office, typed)
    if not typed.is_enough:
        found.categories, found.units = _chosen_only(typed)
        return found
    found.asked = True
    is_number = examine(typed.idno, today()).ok if typed.idno else False
    found.history = earlier(
        user,
        id_number=typed.idno if len(typed.idno) >= 15 else "",
        phone=typed.phone if len(typed.phone) >= 7 else "",
        name=typed.name if not is_number else "",
        address="" if is_number or typed.phone else typed.address,
    )
    if len(typed.text) < ENOUGH:
        found.categories, found.units = _chosen_only(typed)
        return found
    found.summary = summary_of(typed.text)
    _route(found, office)
    place = found.known_place.name if found.known_place else ""
    own = [*_at_home(user, typed), *found.history.seen]
    found.likes = similar(user, typed.text, place, own=own, name=typed.name, shown=SIMILAR_ASKED)
    found.place = _count(user, found.known_place)
    found.hints = [*_hints(typed, found), *found.grounds]
    return found


def _at_home(user, typed: Typed) -> list[Earlier]:
    """Earlier petitions from the same address: compared whoever brought them, but listed as nobody's own."""
    return earlier(user, address=typed.address).seen if typed.address else []


def _foreseen(user, office, typed: Typed) -> Foreseen | None:
    """What the relation chosen to an earlier petition will do, before it is confirmed by registering."""
    old = earlier_of(user, typed.repeat)
    if old is None or typed.tie not in Tie.values:
        return None
    kind = typed.aim if typed.aim in Kind.values else Kind.APPEAL
    return foresee(Tie(typed.tie), old, office=office, received_on=typed.received_on, kind=kind, by=user)


def _route(found: Comparison, office) -> None:
    """Categories, units and the place the text names; with the same words the proposal will later be made of."""
    typed, held = found.typed, book()
    places = [place for place in held.places_in(typed.text) if place.kind not in register_choices.AREA_KINDS]
    here = [place for place in places if place.territory.startswith(office.district_code)]
    found.known_place = next(iter(here or places), None)
    place = found.known_place.name if found.known_place else ""
    text = "\n".join((found.summary, typed.text, *typed.claims, place))
    categories = held.categories_for(held.words_in(text), text, found.summary)
    units = suggest(
        text,
        typed.territory,
        held.code_of(typed.category),  # only what the clerk chose: a suggested one rests on the same words
        registrar=office,
        kind=typed.aim,
        about=_organ(typed.target),
        accused=_organ(typed.accused_unit),
        held=held,
        title=found.summary,
    )
    found.categories = _with_chosen(
        [
            Option(str(row.id), row.label, row.percent, _short(row.reason, at))
            for at, row in enumerate(categories[:OPTIONS])
        ],
        typed.category,
        register_choices.category_label,
    )
    if units:
        found.grounds = [("→", f"建议{units[0].organ.short_name}：{'；'.join(units[0].reasons)}")]
        if units[0].calls:
            found.grounds.append(("△", f"不自动转送，登记后同时告知{units[0].calls}"))
    offered = [
        Option(str(row.organ.pk), row.organ.name, row.percent, _short("；".join(row.reasons), at))
        for at, row in enumerate(units[:OPTIONS])
    ] or [Option(register_choices.TRIAGE, "待甄别", None, "没有规则与本件相符，登记后由信访专员甄别")]
    found.units = _with_chosen(offered, typed.unit, _unit_words)


def _short(reason: str, at: int) -> str:
    """One line under the first option only: the page must fit one screen."""
    if at:
        return ""
    return reason if len(reason) <= REASON_SHOWN else reason[: REASON_SHOWN - 1] + "…"


def _chosen_only(typed: Typed) -> tuple[list[Option], list[Option]]:
    return _with_chosen([], typed.category, register_choices.category_label), _with_chosen([], typed.unit, _unit_words)


def _with_chosen(options: list[Option], chosen: str, words_of) -> list[Option]:
    """The clerk's choice stays chosen, also where it is no longer among the suggestions."""
    marked = [Option(o.value, o.label, o.percent, o.why, o.value == chosen) for o in options]
    if chosen and not any(option.checked for option in marked) and (words := words_of(chosen)):
        marked.append(Option(chosen, words, None, "由您选定", True))
    return marked


def _unit_words(value: str) -> str:
    if value == register_choices.TRIAGE:
        return "待甄别"
    organ = Organ.objects.filter(pk=int(value)).first() if value.isdecimal() else None
    return organ.name if organ else ""


def _organ(name: str):
    if not name:
        return None
    return Organ.objects.in_force_on(today()).filter(name=name).first()


def _count(user, place: KnownPlace | None) -> PlaceCount | None:
    if place is None:
        return None
    day = today()
    rows = Petition.objects.visible_to(user).filter(
        place=place.name, received_on__gt=day - timedelta(days=WINDOW), received_on__lte=day
    )
    ages = [(day - received_on).days // 7 for received_on in rows.values_list("received_on", flat=True)]
    return PlaceCount(place.name, len(ages), [ages.count(WEEKS - 1 - at) for at in range(WEEKS)]) if ages else None


def _hints(typed: Typed, found: Comparison) -> list[tuple[str, str]]:
    """(sign, sentence) of the legal path: what is known, what must still be asked. Never a decision."""
    if typed.aim == Kind.REPORT:
        return [
            ("△", "检举控告：登记后移交检举控告专岗，不自动转送，不得转给被检举控告的单位（第三十条）"),
            ("△", "登记后仅专岗可见，请勿对外透露"),
        ]
    if typed.aim == Kind.SUGGESTION:
        return [("✓", "建议意见：由有权处理的机关研究论证，采纳的应当回复（第二十九条）")]
    said = [("✓", "未进入诉讼、仲裁、行政复议（按信访人陈述）")]
    if typed.litigation and (words := dict(register_choices.LITIGATION).get(typed.litigation)):
        said = [("△", f"信访人称{words}：涉法涉诉的引导到法定程序（第二十二条第二款）")]
    said.append(("△", "第三十一条第一至五项须逐项判定后，才按信访程序受理"))
    place = found.known_place
    if place and typed.territory and not _overlap(place.territory, typed.territory):
        said.append(("△", f"提到的“{place.name}”不在所选属地，请核对问题属地"))
    return said


def _overlap(one: str, other: str) -> bool:
    """Whether one area lies within the other."""
    return one.startswith(other) or other.startswith(one)


def due_rail(office) -> list[dict]:
    """The statutory days if it were registered now, for the rail of section ③; 自然日, the day itself not counted."""
    day = today()
    terms = {term.code: term for term in books.terms_of(books.rule_set_on(day))}
    calendar = books.calendar_in_force()
    told = clock.span(terms["D01" if office.kind == OrganKind.PETITION_OFFICE else "D02"], day, calendar)
    first = "前转送、交办" if office.kind == OrganKind.PETITION_OFFICE else "前书面告知"
    rail = [_point(day, "今日登记", ""), _point(told.due_on, first, "15 日")]
    if office.kind != OrganKind.PETITION_OFFICE:
        handled = clock.span(terms["D06"], day, calendar)
        rail.append(_point(handled.due_on, "届满", f"今日受理的 60 日；内控 {handled.internal_on:%m-%d}"))
    return rail


def _point(day, text, note) -> dict:
    weekday = "周" + "一二三四五六日"[day.weekday()]
    return {"day": f"{day:%m-%d}", "text": text if text == "今日登记" else f"{weekday}{text}", "note": note}
