"""文书的网页预览：同样的文字，交给 templates/documents/letter.html。"""

from typing import Any

from documents.letters import issuance
from documents.letters.qr import square
from documents.letters.rendering import Rendered
from documents.models import Letter


def page(letter: Letter, *, pdf_url: str = "", back_url: str = "/") -> dict[str, Any]:
    """The context of `documents/letter.html`. Raises LetterRefused where a draft is still unfinished."""
    rendered = issuance.proof(letter)
    return {
        "letter": letter,
        "paper": rendered,
        "blocks": blocks(rendered),
        "query": _query(rendered),
        "is_draft": letter.status == Letter.Status.DRAFT,
        "is_void": letter.status == Letter.Status.VOID,
        "pdf_url": pdf_url,
        "back_url": back_url,
    }


def blocks(rendered: Rendered) -> list[dict[str, Any]]:
    """Paragraphs in order, consecutive table rows gathered into one table; the query words stand apart."""
    found: list[dict[str, Any]] = []
    for one in rendered.paragraphs:
        if one.kind == "query":
            continue
        if one.kind != "row":
            found.append({"kind": one.kind, "text": one.text})
        elif found and found[-1]["kind"] == "table":
            found[-1]["rows"].append(_pairs(one.cells))
        else:
            found.append({"kind": "table", "rows": [_pairs(one.cells)]})
    return found


def _pairs(cells: tuple[str, ...]) -> list[dict[str, Any]]:
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    return [{"label": label, "value": value, "span": 3 if len(pairs) == 1 else 1} for label, value in pairs]


def _query(rendered: Rendered) -> dict[str, Any] | None:
    for one in rendered.paragraphs:
        if one.kind == "query":
            return {"text": one.text, "qr": square(one.link) if one.link else None}
    return None
