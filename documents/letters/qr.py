"""查询二维码：黑白方格变成一条 SVG 路径，网页与 PDF 共用。纯函数。"""

from dataclasses import dataclass

import segno

_QUIET = 4  # 格；四周留白


@dataclass(frozen=True)
class Square:
    """A QR code as one SVG path over `size` × `size` units (quiet zone included)."""

    size: int
    path: str

    @property
    def svg(self) -> str:
        """A whole SVG document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<rect width="{self.size}" height="{self.size}" fill="#fff"/><path d="{self.path}"/></svg>'
        )


def square(link: str) -> Square:
    """The QR code of a link, error correction M."""
    matrix = segno.make(link, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if length:
                runs.append(f"M{x + _QUIET} {y + _QUIET}h{length}v1h-{length}z")
            x += length or 1
    return Square(len(matrix) + 2 * _QUIET, "".join(runs))
