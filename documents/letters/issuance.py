"""起草、签发、打印文书，收存附件。文书不认识信访件：`about` 只是编号，由信访件指向文书。"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from documents.letters import authenticity, editable, letter_checks, printing, rendering, values
from documents.letters.fields import FIELDS, KINDS
from documents.letters.impediments import LetterRefused
from documents.letters.letter_dates import in_words
from documents.letters.rendering import Rendered
from documents.models import Letter, LetterCounter, LetterPrint, LetterTemplate
from rulebook import timekeeping


@transaction.atomic
def draft(kind: str, *, organ, fields: Mapping[str, Any], about: str, addressee: str, by, secrecy: int = 0) -> Letter:
    """A draft: may be unfinished, has no number. Raises LetterRefused for unknown fields or values of a wrong shape."""
    letter = _new(kind, organ, fields, about, addressee, by, secrecy)
    letter.save()
    return letter


@transaction.atomic
def revise(letter: Letter, *, fields: Mapping[str, Any], addressee: str | None = None, by) -> Letter:
    """Replace the values of a draft. Raises LetterRefused once it has been issued."""
    letter = _locked_draft(letter)
    letter.addressee = letter.addressee if addressee is None else addressee
    _put(letter, fields)
    letter.drafted_at, letter.drafted_by = timekeeping.now(), by
    letter.save()
    return letter


def why_not(letter: Letter, *, accused: Iterable[str] = (), earlier: Letter | None = None) -> list[str]:
    """Sentences for everything that stands between this draft and its issue; empty where it may be issued."""
    try:
        _prepared(letter, timekeeping.today(), accused, earlier)
    except LetterRefused as refused:
        return refused.sentences
    return []


@transaction.atomic
def issue(letter: Letter, *, by, accused: Iterable[str] = (), earlier: Letter | None = None) -> Letter:
    """Freeze a draft and number it: fields, words and their hash never change again (a database trigger holds them).

    The number is taken last and held to the end of the caller's transaction; a rollback leaves no gap. The PDF is
    made afterwards (`pdf_of`). `accused` names organs complained of in a 检举控告; they are checked, not stored.
    `earlier` is the opinion that a redone or reviewing one may not repeat.
    Raises LetterRefused with every sentence of `why_not`, or where someone else has issued it meanwhile.
    """
    return _frozen(_locked_draft(letter), by, accused, earlier)


def _frozen(letter: Letter, by, accused: Iterable[str], earlier: Letter | None) -> Letter:
    moment = timekeeping.now()
    template, rendered = _prepared(letter, moment.date(), accused, earlier)
    letter.template, letter.series, letter.year = template, template.series, moment.year
    letter.status, letter.issued_at, letter.issued_by = Letter.Status.ISSUED, moment, by
    if template.series:
        letter.serial = LetterCounter.objects.take(letter.organ, template.series, moment.year)
        letter.number = _number(letter)
    letter.text = replace(rendered, number=letter.number or "", dated=in_words(moment.date())).as_json()
    letter.text_hash = _hash({"fields": letter.fields, "text": letter.text})
    letter.save()
    return letter


@transaction.atomic
def issue_at_once(
    kind: str,
    *,
    organ,
    fields: Mapping[str, Any],
    about: str,
    addressee: str,
    by,
    secrecy: int = 0,
    accused: Iterable[str] = (),
    earlier: Letter | None = None,
) -> Letter:
    """Draft and issue in one step, for letters that need no approval of their own (回执、告知书、函)."""
    return _frozen(_new(kind, organ, fields, about, addressee, by, secrecy), by, accused, earlier)


@transaction.atomic
def correct(
    letter: Letter, *, mistake: str, corrected: str, by, reason: str = "", contact: Mapping[str, str]
) -> Letter:
    """更正告知: a new letter beside the frozen one, to the same addressee; the old one keeps its words and number.

    `contact` holds `contact` and `contact_phone`. Raises LetterRefused where the letter was not issued, or does not
    hold the words that are to be corrected.
    """
    if letter.status != Letter.Status.ISSUED:
        raise LetterRefused("只能更正已经发出、没有作废的文书")
    if mistake not in letter.rendered.words:
        raise LetterRefused(f"《{letter.title}》里没有“{mistake}”，请照原文填写")
    told = {"letter_title": letter.title, "letter_number": letter.number or letter.about, **contact}
    return issue_at_once(
        "F36",
        organ=letter.organ,
        fields={**told, "mistake": mistake, "corrected": corrected, "reason": reason},
        about=letter.about,
        addressee=letter.addressee,
        by=by,
        secrecy=letter.secrecy,
    )


@transaction.atomic
def void(letter: Letter, *, by, reason: str) -> Letter:
    """Set a letter aside: the row, its number and its words stay. A correction is a new letter."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not reason.strip():
        raise LetterRefused("作废文书要写明理由")
    if letter.status == Letter.Status.VOID:
        raise LetterRefused("该文书已经作废")
    letter.status, letter.void_reason, letter.voided_at, letter.voided_by = "void", reason, timekeeping.now(), by
    letter.save(update_fields=["status", "void_reason", "voided_at", "voided_by"])
    return letter


@transaction.atomic
def pdf_of(letter: Letter) -> bytes:
    """The legal copy of an issued letter: made once, kept and hashed; later calls return the same bytes.

    Raises LetterRefused for a draft or void letter, or where the kept copy was altered.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("organ", "template").get(pk=letter.pk)
    _require_issued(letter)
    if letter.pdf_hash and (kept := _kept(letter)) is not None:
        return kept
    made = printing.pdf(_filled(letter), on=_dated(letter), fonts=_fonts(), check=authenticity.line_of(letter))
    made_hash = hashlib.sha256(made).hexdigest()
    if letter.pdf_hash and made_hash != letter.pdf_hash:
        raise LetterRefused("存档的 PDF 不在了，且现在的版式与当时不同，请从备份恢复后再打印")
    letter.pdf.save("letter", ContentFile(made), save=False)
    letter.pdf_hash = made_hash
    letter.save(update_fields=["pdf", "pdf_hash"])
    return made


def proof_of(letter: Letter) -> bytes:
    """A draft as it would be printed, marked 草稿 outside the type area; nothing is kept."""
    rendered = proof(letter)
    return printing.pdf(rendered, on=timekeeping.today(), fonts=_fonts(), reprint="草稿，未签发")


def proof(letter: Letter) -> Rendered:
    """The words of a letter for the screen: frozen ones if issued, else as they would stand today.

    Raises LetterRefused where a draft is still unfinished.
    """
    if letter.status != Letter.Status.DRAFT:
        return _filled(letter)
    rendered = rendering.render(*_source_and_values(letter, letter.template), organ=letter.organ.name)
    return rendered.with_secrets(_secrets(letter))


@transaction.atomic
def first_print(letter: Letter, *, by) -> bytes:
    """The original on paper, once. Raises LetterRefused where it was printed before: then it is a reprint."""
    pdf = pdf_of(letter)
    if letter.prints.filter(kind=LetterPrint.Kind.ORIGINAL).exists():
        raise LetterRefused("原件已经打印过，请改用补打并写明理由")
    LetterPrint.objects.create(letter=letter, kind=LetterPrint.Kind.ORIGINAL, at=timekeeping.now(), by=by)
    return pdf


@transaction.atomic
def reprint(letter: Letter, *, by, reason: str) -> bytes:
    """The same letter once more, marked 补打 with the day outside the type area, and recorded with its reason."""
    letter = Letter.objects.select_related("organ", "template").get(pk=letter.pk)
    _require_issued(letter)
    if not reason.strip():
        raise LetterRefused("补打要写明理由，例如“信访人遗失”")
    moment = timekeeping.now()
    LetterPrint.objects.create(letter=letter, kind=LetterPrint.Kind.REPRINT, at=moment, by=by, reason=reason.strip())
    mark = f"补打 {in_words(moment.date())}"
    return printing.pdf(
        _filled(letter), on=_dated(letter), fonts=_fonts(), reprint=mark, check=authenticity.line_of(letter)
    )


@transaction.atomic
def editable_copy(letter: Letter, *, by) -> bytes:
    """The words of an issued letter as DOCX, marked as no legal copy, without sealed values; recorded like a print.

    Raises LetterRefused for a draft or void letter.
    """
    letter = Letter.objects.select_related("organ", "template").get(pk=letter.pk)
    _require_issued(letter)
    LetterPrint.objects.create(letter=letter, kind=LetterPrint.Kind.EDITABLE, at=timekeeping.now(), by=by)
    return editable.docx(letter.rendered, on=_dated(letter))


def pages_of(letter: Letter) -> int:
    """How many pages the legal copy of an issued letter has; it is made now where it was not yet."""
    return printing.page_count(pdf_of(letter))


def envelopes(people: Iterable[dict[str, str]], *, organ, shape: str) -> bytes:
    """Envelopes or labels from the organ to people given by `name` and `address`; see printing.envelopes."""
    sender = {"name": organ.name, "address": organ.address, "phone": organ.phone}
    return printing.envelopes(people, sender=sender, shape=shape, on=timekeeping.today(), fonts=_fonts())


def compilation(parts: Iterable[dict[str, Any]], **told) -> bytes:
    """A compilation of tables with an index, as PDF; see printing.compilation for `parts` and what is told."""
    return printing.compilation(parts, fonts=_fonts(), **told)


def receipt_picture(rows, **told) -> bytes:
    """The receipt of an online letter as PNG; see printing.receipt."""
    return printing.receipt(rows, **told, fonts=_fonts())


def text_is_intact(letter: Letter) -> bool:
    """Whether the frozen fields and words still give the hash they were frozen under."""
    return letter.text_hash == _hash({"fields": letter.fields, "text": letter.text})


def _new(kind, organ, fields, about, addressee, by, secrecy) -> Letter:
    letter = Letter(kind=kind, organ=organ, about=about, addressee=addressee, secrecy=secrecy)
    letter.template = _template(kind)
    _put(letter, fields)
    letter.drafted_at, letter.drafted_by = timekeeping.now(), by
    return letter


def _template(kind: str) -> LetterTemplate:
    if kind not in KINDS:
        raise LetterRefused(f"没有这种文书：{kind}")
    template = LetterTemplate.objects.for_kind(kind, timekeeping.today())
    if template is None:
        raise LetterRefused(f"没有在用的《{KINDS[kind].label}》样式，请管理员先载入文书样式")
    return template


def _put(letter: Letter, given: Mapping[str, Any]) -> None:
    frozen = values.frozen(KINDS[letter.kind], given, unfinished=True)
    secret = {code: value for code, value in frozen.items() if FIELDS[code].secret}
    letter.fields = {code: value for code, value in frozen.items() if code not in secret}
    letter.sealed = json.dumps(secret, ensure_ascii=False, sort_keys=True) if secret else ""


def _secrets(letter: Letter) -> dict[str, str]:
    return json.loads(letter.sealed) if letter.sealed else {}


def _source_and_values(letter: Letter, template: LetterTemplate) -> tuple[rendering.Source, dict[str, Any]]:
    given = {**letter.fields, **_secrets(letter), "case_no": letter.about, "addressee": letter.addressee}
    return rendering.parse(template.body), values.frozen(KINDS[letter.kind], given)


def _prepared(
    letter: Letter, day: date, accused: Iterable[str], earlier: Letter | None
) -> tuple[LetterTemplate, Rendered]:
    organ = letter.organ
    template = letter.template if letter.pk is None else _template(letter.kind)  # 草稿可能放了几天，样式已换
    if organ.is_section:
        raise LetterRefused(f"“{organ.name}”是内设机构，不对外行文，请以所属单位名义制作")
    if not organ.in_force_on(day):
        raise LetterRefused(f"“{organ.name}”已停用，请以承继其职权的单位名义制作")
    if template.series and not organ.letter_code:
        raise LetterRefused(f"“{organ.name}”没有登记机关代字，不能编文号，请管理员补登")
    source, filled = _source_and_values(letter, template)
    review_organ = organ.review_organ.name if organ.review_organ else ""
    letter_checks.require(
        letter.kind,
        filled,
        organ=organ.name,
        review_organ=review_organ,
        accused=accused,
        secrecy=letter.secrecy,
        earlier=letter_checks.substance(earlier.kind, earlier.fields) if earlier else "",
    )
    return template, rendering.render(source, filled, organ=organ.name)


def _number(letter: Letter) -> str:
    number = letter.template.number_format.format(
        letter_code=letter.organ.letter_code, series=letter.series, year=letter.year, serial=letter.serial
    )
    if Letter.objects.filter(number=number).exists():
        raise LetterRefused(f"文号{number}已被使用：两个机关的机关代字“{letter.organ.letter_code}”相同，请管理员更正")
    return number


def _locked_draft(letter: Letter) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).select_related("organ__review_organ").get(pk=letter.pk)
    if letter.status != Letter.Status.DRAFT:
        raise LetterRefused(f"《{letter.title}》{letter.get_status_display()}，不能再改；确有错误的，另制更正告知")
    return letter


def _require_issued(letter: Letter) -> None:
    if letter.status == Letter.Status.DRAFT:
        raise LetterRefused(f"《{letter.title}》还没有签发，不能打印")
    if letter.status == Letter.Status.VOID:
        raise LetterRefused(f"《{letter.title}》已作废，不能打印")


def _kept(letter: Letter) -> bytes | None:
    try:
        with letter.pdf.storage.open(letter.pdf.name) as kept:
            content = kept.read()
    except FileNotFoundError:
        return None
    if hashlib.sha256(content).hexdigest() != letter.pdf_hash:
        raise LetterRefused("存档的 PDF 与签发时不一致，已停止打印，请管理员核查")
    return content


def _filled(letter: Letter) -> Rendered:
    return letter.rendered.with_secrets(_secrets(letter))


def _dated(letter: Letter) -> date:
    return timekeeping.local_date(letter.issued_at)


def _fonts() -> printing.Fonts:
    return printing.Fonts(folder=settings.LETTER_FONT_DIR, system=settings.LETTER_SYSTEM_FONTS)


def _hash(held: Any) -> str:
    """SHA-256 over canonical JSON."""
    plain = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
