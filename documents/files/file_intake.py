"""收进来的文件：看内容定类型，不信文件名；限大小；文件名去危险字符。纯函数。

Every refusal is a sentence that says what to do instead. No virus scanner is part of the house: an installation
that has one puts it in front of the upload.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from documents.letters.impediments import FileRefused

LARGEST = 20 * 1024 * 1024  # 字节
_LONGEST_NAME = 120  # 字
_MOST_UNPACKED = 200 * 1024 * 1024  # 字节，防压缩炸弹


@dataclass(frozen=True)
class FileType:
    """A type we keep: what it is called, how it is served, which endings fit it."""

    media_type: str
    label: str
    endings: tuple[str, ...]


PDF = FileType("application/pdf", "PDF 文档", ("pdf",))
JPEG = FileType("image/jpeg", "JPEG 图片", ("jpg", "jpeg"))
PNG = FileType("image/png", "PNG 图片", ("png",))
GIF = FileType("image/gif", "GIF 图片", ("gif",))
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档", ("docx",))
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格", ("xlsx",))
TEXT = FileType("text/plain", "纯文本", ("txt",))
WAV = FileType("audio/wav", "WAV 录音", ("wav",))
MP3 = FileType("audio/mpeg", "MP3 录音", ("mp3",))

KEPT = (PDF, JPEG, PNG, GIF, DOCX, XLSX, TEXT, WAV, MP3)
_ADVICE = "可收：" + "、".join(kept.label for kept in KEPT)


def inspect(content: bytes) -> FileType:
    """The type of the content. Raises FileRefused for an empty, too large, damaged or unknown file."""
    if not content:
        raise FileRefused("文件是空的，请重新选择")
    if len(content) > LARGEST:
        raise FileRefused(
            f"文件有{len(content) / 1024 / 1024:.1f}MB，超过{LARGEST // 1024 // 1024}MB，请压缩、降低分辨率或者分成几份"
        )
    for starts, kept in _SIGNATURES:
        if content.startswith(starts):
            return kept
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return WAV
    if content[0] == 0xFF and len(content) > 1 and content[1] & 0xE6 == 0xE2:
        return MP3
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if _is_text(content):
        return TEXT
    raise FileRefused(f"不收这种文件。{_ADVICE}")


def safe_name(name: str, kept: FileType) -> str:
    """The name as shown later: no path, no control or direction marks, an ending that fits the content."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*')
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in kept.endings:
        stem, ending = name, kept.endings[0]
    stem = stem.strip(" .") or "附件"
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending.lower()}"


_SIGNATURES = [
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"ID3", MP3),
]


def _office(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile:
        raise FileRefused("文件已损坏，打不开，请重新保存后再上传") from None
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("文件带有宏，不收。请另存为不带宏的 docx 或 xlsx 后再上传")
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise FileRefused("文件解开后过大，不收。请删减内容后再上传")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise FileRefused(f"不收压缩包，请解压后逐个上传。{_ADVICE}")


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(char) == "Cc" and char not in "\r\n\t\f" for char in text)
    return False
