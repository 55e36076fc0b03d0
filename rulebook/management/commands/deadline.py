"""`manage deadline`: count one statutory period and say how, against the published calendar."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from rulebook import books
from rulebook.derivation import CannotCount, Derivation, derive
from rulebook.models import RuleSet
from rulebook.terms import BY_CODE, NATIONAL_TERMS, Term


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期“{text}”应写成 2026-01-30 的样子") from None


def _hearing(text: str) -> tuple[date, date]:
    first, dots, last = text.partition("..")
    if not dots:
        raise CommandError(f"听证时间“{text}”应写成 2026-03-02..2026-03-13 的样子")
    return _day(first), _day(last)


class Command(BaseCommand):
    """Print the last day of a term and every step that led to it."""

    help = "推算一项法定期限并说明理由：deadline --rule D04 --start 2025-09-26"

    def add_arguments(self, parser):
        parser.add_argument("--rule", required=True, help=f"期限代号：{'、'.join(BY_CODE)}")
        parser.add_argument("--start", required=True, help="起算日（收到、受理、送达之日），如 2025-09-26")
        parser.add_argument("--extend", type=int, default=0, metavar="N", help="延长天数（只用于 D06）")
        parser.add_argument("--hearing", metavar="FROM..TO", help="听证起止日，含首尾（只用于 D11）")
        parser.add_argument("--due", help="指定的届满日（用于 D12、SV）")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options):
        start = _day(options["start"])
        term = self._term(options["rule"], start)
        try:
            derivation = derive(
                term,
                start,
                calendar=books.calendar_in_force(),
                extend=options["extend"],
                hearing=_hearing(options["hearing"]) if options["hearing"] else None,
                due_on=_day(options["due"]) if options["due"] else None,
            )
        except (CannotCount, books.RulesMissing) as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(derivation.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(_plain(derivation))

    def _term(self, code: str, start: date) -> Term:
        """The term as the set in force on the starting day has it; the national one before any city's set."""
        if code not in BY_CODE:
            raise CommandError(f"没有期限“{code}”；可用：{'、'.join(BY_CODE)}")
        rule_set = RuleSet.objects.in_force_on(start).first()
        terms = books.terms_of(rule_set) if rule_set else NATIONAL_TERMS
        return next(term for term in terms if term.code == code)


def _plain(derivation: Derivation) -> str:
    term = derivation.term
    lines = [
        f"{term.code} {term.label}（{term.article}，{term.period}）",
        f"起算 {derivation.start}",
        f"届满 {derivation.due_on}" + ("（暂定）" if derivation.provisional else ""),
        f"内控 {derivation.internal_on}",
        f"顺延参照 {derivation.rolled_on}",
        "",
    ]
    lines += [f"  {step.day}  {step.what}" for step in derivation.steps]
    return "\n".join(lines)
