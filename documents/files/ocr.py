"""识读扫描的印刷体来信：装了可选的包才有（requirements-scans.in）；没有装的，收存照旧，只是没有文字。

The weights are inside the wheel: nothing is fetched, nothing leaves the house. The engine takes some 800 MB, so only
the worker of the queue `scans` ever loads it, one process, one file at a time.
"""

from functools import cache
from importlib.util import find_spec
from itertools import pairwise

PACKAGES = ("rapidocr_onnxruntime", "pypdfium2")
READABLE = ("image/jpeg", "image/png", "application/pdf")
MOST_PAGES = 30  # 页；再多的多半不是来信
SURE = 0.5  # 低于此数的多半是污点
_DOTS = 200  # 每英寸点数


class Unreadable(Exception):
    """Nothing can be read off this file; the message says why and what to do."""


def is_installed() -> bool:
    """Whether the optional packages are there."""
    return all(find_spec(name) is not None for name in PACKAGES)


def read(content: bytes, media_type: str) -> str:
    """The printed words of a scan, line by line, pages parted by an empty line. Raises Unreadable with a sentence."""
    pages = _pages(content) if media_type == "application/pdf" else [content]
    if len(pages) > MOST_PAGES:
        raise Unreadable(f"有 {len(pages)} 页，超过 {MOST_PAGES} 页的不识读，请在原件上查看")
    words = "\n\n".join(text for page in pages if (text := "\n".join(_lines(page))))
    if not words:
        raise Unreadable("没有读出文字：可能是照片、手写或者太模糊，请在原件上查看，需要检索的手工录入")
    return words


def in_lines(found: list[tuple[list[list[float]], str, float]]) -> list[str]:
    """The pieces an engine found (corners, words, certainty), put in reading order: downwards, then to the right.

    Two pieces stand on one line where their middles are closer than half the height of the lower one.
    """
    pieces = sorted((_box(corners), words) for corners, words, certainty in found if certainty >= SURE)
    rows: list[list[tuple[tuple[float, float, float], str]]] = [pieces[:1]] if pieces else []
    for before, piece in pairwise(pieces):
        (middle, _, _), (lower, _, height) = before[0], piece[0]
        if lower - middle < height / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(words for _, words in sorted(row, key=lambda piece: piece[0][1])) for row in rows]


def _box(corners: list[list[float]]) -> tuple[float, float, float]:
    """Middle, left edge and height."""
    down = [corner[1] for corner in corners]
    return (min(down) + max(down)) / 2, min(corner[0] for corner in corners), max(down) - min(down)


@cache
def _engine():
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _lines(image) -> list[str]:
    found, _ = _engine()(image)
    return in_lines([(corners, words, float(certainty)) for corners, words, certainty in found or []])


def _pages(content: bytes) -> list:
    """The pages of a PDF as pictures."""
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as damaged:
        raise Unreadable("PDF 打不开：可能加了密码或者已损坏，请重新扫描") from damaged
    with paper:
        if len(paper) > MOST_PAGES:
            return [None] * len(paper)
        return [page.render(scale=_DOTS / 72).to_numpy() for page in paper]
