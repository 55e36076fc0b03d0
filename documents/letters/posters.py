"""张贴用的一张 A3：不是文书，没有文号，不存。"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from documents.letters import printing


def poster(data: Mapping[str, Any], *, on: date) -> bytes:
    """`printing.poster` in the fonts of this installation."""
    fonts = printing.Fonts(folder=settings.LETTER_FONT_DIR, system=settings.LETTER_SYSTEM_FONTS)
    return printing.poster(data, on=on, fonts=fonts)
