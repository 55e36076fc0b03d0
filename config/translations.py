"""群众看得到的话收在一处：源文里标了的、模板里的、法律的行里的；与译文目录（locale/）对照。

Needs no gettext on the machine: Django turns a template into its marked words, `ast` reads the modules, Babel (a
development package) keeps the catalogue. What is spoken at the citizens' door is what is collected here.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from documents.letters.fields.field_choices import REVIEW_RESULTS
from rulebook.terms import Certainty
from rulebook.triage.paths import PATHS

FOLDER = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
SOURCE, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
HEADER = "# 群众的门的英文。中文原文就是键；改完用 `run.py manage words --write` 收新词并编译。"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
# 有公众看得到的话的房间；工作台（desk）只有中文
ROOMS = ("accounts", "documents", "petitions", "routing", "supervision", "public")
TEMPLATES = ("public", "base_public.html", "components/errsum.html")
STAFF_ONLY = (
    "accounts/privacy.py",
    "petitions/parties/address_keys.py",
    "documents/letters/authenticity.py",
    "documents/letters/sealed_scans.py",
)
_HOLE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")

Word = tuple[str, ...]  # （原文）或者（单数、复数）


def marked() -> dict[Word, list[str]]:
    """Every word the public may see → the files it stands in."""
    found: dict[Word, list[str]] = {}
    for place, word in _everywhere():
        found.setdefault(word, []).append(place)
    return found


def catalogue() -> Catalog:
    """What is translated so far."""
    with open(SOURCE, "rb") as file:
        return read_po(file, locale="en")


def compiled(kept: Catalog) -> bytes:
    """The catalogue as the running system reads it."""
    made = io.BytesIO()
    write_mo(made, kept)
    return made.getvalue()


def faults() -> list[str]:
    """What is missing, left over, filled with other values than the source, or not compiled; one line each."""
    kept, wanted = catalogue(), marked()
    known = {_key(message.id): message for message in kept if message.id}
    said = [
        f"没有英文：{word[0]}（{'、'.join(places)}）" for word, places in wanted.items() if not _told(known.get(word))
    ]
    said += [f"已经不用：{word[0]}" for word in known if word not in wanted]
    for word, message in known.items():
        for told in _key(message.string):
            if told and set(_HOLE.findall(told.replace("{month}", "{m}"))) != set(_HOLE.findall(word[0])):
                said.append(f"填空不同：{word[0]} → {told}")
    if not COMPILED.exists() or COMPILED.read_bytes() != compiled(kept):
        said.append("译文改过，没有编译：run.py manage words --write")
    return said


def write() -> None:
    """Take up new words (untranslated), drop what is no longer said, compile."""
    kept = catalogue() if SOURCE.exists() else Catalog(locale="en")
    fresh = Catalog(
        locale="en", project="fengqiao", header_comment=HEADER, fuzzy=False, revision_date=kept.revision_date
    )
    fresh.creation_date = kept.creation_date
    for word, places in sorted(marked().items(), key=lambda row: (row[1][0], row[0])):
        known = kept.get(word if len(word) > 1 else word[0])
        told = known.string if known else ("",) * len(word) if len(word) > 1 else ""
        flags = [flag for flag in ("python-format", "python-brace-format") if known and flag in known.flags]
        fresh.add(word if len(word) > 1 else word[0], told, [(place, None) for place in sorted(set(places))], flags)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(SOURCE, "wb") as file:
        write_po(file, fresh, width=0, include_lineno=False, omit_header=False)
    COMPILED.write_bytes(compiled(fresh))


def _key(words) -> Word:
    return tuple(words) if isinstance(words, (tuple, list)) else (words,)


def _told(message) -> bool:
    return message is not None and all(_key(message.string))


def _everywhere() -> Iterator[tuple[str, Word]]:
    for room in ROOMS:
        for file in sorted((settings.BASE_DIR / room).rglob("*.py")):
            place = file.relative_to(settings.BASE_DIR).as_posix()
            if place not in STAFF_ONLY:
                yield from ((place, word) for word in _in_module(file.read_text("utf-8")))
    for name in TEMPLATES:
        top = settings.BASE_DIR / "templates" / name
        for file in [top] if top.is_file() else sorted(top.rglob("*.html")):
            place = file.relative_to(settings.BASE_DIR).as_posix()
            yield from ((place, word) for word in _in_module(_template(file)))
    for path in PATHS.values():
        yield from (("rulebook/triage/paths.py", (word,)) for word in (path.label, path.door, path.limits) if word)
    yield from (("rulebook/terms/shape.py", (one.label,)) for one in Certainty)
    yield from (("documents/letters/fields/field_choices.py", (told,)) for told in REVIEW_RESULTS.values())


def _template(file: Path) -> str:
    """Only the marked words of a template, as calls Python can read."""
    calls = re.findall(
        r"(?:_|gettext|ngettext)\(\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
        r"(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))?",
        templatize(file.read_text("utf-8")),
    )
    return "\n".join(f"{call})" for call in calls)


def _in_module(text: str) -> Iterator[Word]:
    if "_(" not in text and "gettext(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        said = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if node.func.id in MARKS and said:
            yield (said[0],)
        elif node.func.id == "ngettext" and len(said) > 1:
            yield said[0], said[1]
