"""`manage deadline`: count one statutory period and say how, against the published calendar."""

import json
from datetime import date, time

from django.core.management.base import BaseCommand, CommandError

from rulebook import books
from rulebook.derivation import CannotCount, Derivation, derive
from rulebook.models import RuleSet
from rulebook.terms import BY_CODE, NATIONAL_TERMS, Term, family


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期“{text}”应写成 2026-01-30 的样子") from None


def _moment(text: str) -> tuple[date, time | None]:
    """A day, or a day and the time from which hours run: 2026-03-02T09:30."""
    day, mark, clock = text.partition("T")
    if not mark:
        return _day(day), None
    try:
        return _day(day), time.fromisoformat(clock)
    except ValueError:
        raise CommandError(f"时刻“{clock}”应写成 09:30 的样子") from None


def _hearing(text: str) -> tuple[date, date]:
    first, dots, last = text.partition("..")
    if not dots:
        raise CommandError(f"听证时间“{text}”应写成 2026-03-02..2026-03-13 的样子")
    return _day(first), _day(last)


class Command(BaseCommand):
    """Print the last day of a term and every step that led to it."""

    help = "推算一项法定期限并说明理由：deadline --rule D04 --start 2025-09-26"

    def add_arguments(self, parser):
        parser.add_argument("--rule", required=True, help=f"期限代号：{'、'.join(BY_CODE)}；一号几项的写号即可，如 D16")
        parser.add_argument(
            "--start",
            required=True,
            help="起算日（收到、受理、送达之日），如 2025-09-26；以小时计的写到时刻 2026-03-02T09:30",
        )
        parser.add_argument("--extend", type=int, default=0, metavar="N", help="延长天数（只用于 D06）")
        parser.add_argument("--hearing", metavar="FROM..TO", help="听证起止日，含首尾（只用于 D11）")
        parser.add_argument("--due", help="指定的届满日（用于 D12、D13、D15、D19、SV）")
        parser.add_argument("--json", action="store_true", help="输出 JSON；一号几项的，各项列在 rows 里")

    def handle(self, *args, **options):
        start, at = _moment(options["start"])
        codes = family(options["rule"])
        if not codes:
            raise CommandError(f"没有期限“{options['rule']}”；可用：{'、'.join(BY_CODE)}")
        try:
            found = [self._derived(code, start, at, options) for code in codes]
        except (CannotCount, books.RulesMissing) as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            rows = [derivation.as_json() for derivation in found]
            answer = rows[0] if codes == (options["rule"],) else {"rule": options["rule"], "rows": rows}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write("\n\n".join(_plain(derivation) for derivation in found))

    def _derived(self, code: str, start: date, at: time | None, options) -> Derivation:
        return derive(
            self._term(code, start),
            start,
            calendar=books.calendar_in_force(),
            at=at,
            extend=options["extend"],
            hearings=[_hearing(options["hearing"])] if options["hearing"] else [],
            due_on=_day(options["due"]) if options["due"] else None,
        )

    def _term(self, code: str, start: date) -> Term:
        """The term as the set in force on the starting day has it; the national one before any city's set."""
        rule_set = RuleSet.objects.in_force_on(start).first()
        terms = books.terms_of(rule_set) if rule_set else NATIONAL_TERMS
        return next(term for term in terms if term.code == code)


def _plain(derivation: Derivation) -> str:
    term = derivation.term
    lines = [
        f"{term.code} {term.label}（{term.article}，{term.period}）[{term.certainty}]{term.remark}",
        f"起算 {derivation.start}",
        f"届满 {derivation.due_at or derivation.due_on}" + ("（暂定）" if derivation.provisional else ""),
        f"内控 {derivation.internal_on}",
        f"顺延参照 {derivation.rolled_on}",
        "",
    ]
    lines += [f"  {step.day}  {step.what}" for step in derivation.steps]
    return "\n".join(lines)
