"""一页一页的次序：问什么、什么时候才问。填过的由表单自己判断对不对。"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from petitions.act.states import Kind
from public.submission import forms


@dataclass
class Told:
    """What was typed so far, page by page, as it was typed: wrong or not."""

    pages: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, page: str, name: str) -> str:
        return self.pages.get(page, {}).get(name, "").strip()

    @property
    def kind(self) -> str:
        """The kind chosen, or what two plain answers come to; empty while neither says."""
        kind = self.get("kind", "kind")
        if kind != forms.UNSURE:
            return kind if kind in Kind.values else ""
        if not (self.get("sort", "wrong") and self.get("sort", "own")):
            return ""
        if self.get("sort", "wrong") == "yes":
            return Kind.REPORT
        return Kind.APPEAL if self.get("sort", "own") == "yes" else Kind.SUGGESTION

    @property
    def who(self) -> str:
        return self.get("who", "who")

    def form(self, step: "Step") -> forms.Page:
        """The page's form as typed, judged; a page never seen is judged as left blank."""
        return step.form(self.pages.get(step.key, {}))


@dataclass(frozen=True)
class Step:
    """One page. `asks` decides whether it is put at all."""

    key: str
    title: str
    form: type[forms.Page]
    asks: Callable[[Told], bool] = lambda told: True
    about: str = ""


def _named(told: Told) -> bool:
    return told.who != forms.NAMELESS


def _is(kind: str) -> Callable[[Told], bool]:
    return lambda told: told.kind == kind


STEPS = (
    Step("kind", _("想说什么事"), forms.KindPage),
    Step("sort", _("帮您分一分"), forms.SortPage, lambda told: told.get("kind", "kind") == forms.UNSURE),
    Step("who", _("替谁提出"), forms.WhoPage),
    Step("name", _("您是谁"), forms.NamePage, _named),
    Step("contact", _("怎么找到您"), forms.ContactPage, _named),
    Step("behalf", _("替谁"), forms.BehalfPage, lambda told: told.who == forms.OTHER),
    Step("power", _("凭什么替他（她）提出"), forms.PowerPage, lambda told: told.who == forms.OTHER),
    Step("others", _("一起的人"), forms.OthersPage, lambda told: told.who == forms.GROUP),
    Step("secret", _("姓名要不要保密"), forms.SecretPage, _named),
    Step("place", _("哪里的事"), forms.PlacePage),
    Step("about", _("和哪个单位有关"), forms.AboutPage, lambda told: told.kind != Kind.REPORT),
    Step("accused", _("反映的是谁"), forms.AccusedPage, _is(Kind.REPORT)),
    Step("story", _("发生了什么"), forms.StoryPage),
    Step("claims", _("希望怎么办"), forms.ClaimsPage, about=_("一行写一条，有几条写几条。")),
    Step("court", _("走过别的程序没有"), forms.CourtPage, _is(Kind.APPEAL)),
    Step("files", _("照片和文件"), forms.Nothing),
    Step("ways", _("先看看有没有更合适的办法"), forms.Nothing, _is(Kind.APPEAL)),
)
BY_KEY = {step.key: step for step in STEPS}


def asked(told: Told) -> list[Step]:
    """The pages put to this petitioner, in order."""
    return [step for step in STEPS if step.asks(told)]


def first_unanswered(told: Told, before: str = "") -> Step | None:
    """The first page not seen or not right, of those before `before` where it is given; None where all are right."""
    for step in asked(told):
        if step.key == before:
            return None
        if step.key not in told.pages or not told.form(step).is_valid():
            return step
    return None


def after(told: Told, key: str) -> Step | None:
    """The page that follows; None after the last."""
    keys = [step.key for step in asked(told)]
    at = keys.index(key) + 1 if key in keys else 0
    return BY_KEY[keys[at]] if at < len(keys) else None


def before(told: Told, key: str) -> Step | None:
    """The page that comes before; None before the first."""
    keys = [step.key for step in asked(told)]
    at = keys.index(key) if key in keys else 0
    return BY_KEY[keys[at - 1]] if at else None


def place_of(told: Told, key: str) -> tuple[int, int]:
    """(which, of how many) with 核对 as the last."""
    keys = [step.key for step in asked(told)]
    return (keys.index(key) + 1 if key in keys else len(keys) + 1, len(keys) + 1)
