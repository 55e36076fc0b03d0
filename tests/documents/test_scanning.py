"""收文件：看内容，不信名字。"""

import io
import zipfile

import pytest

from documents.files import file_intake
from documents.letters.impediments import FileRefused


def packed(*names):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"%PDF-1.7\n", file_intake.PDF),
        (b"\xff\xd8\xff\xe0rest", file_intake.JPEG),
        (b"\x89PNG\r\n\x1a\nrest", file_intake.PNG),
        (b"GIF89arest", file_intake.GIF),
        (packed("[Content_Types].xml", "word/document.xml"), file_intake.DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), file_intake.XLSX),
        ("来信：请修路灯。\r\n".encode(), file_intake.TEXT),
        ("来信：请修路灯。".encode("gb18030"), file_intake.TEXT),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", file_intake.WAV),
        (b"ID3\x04rest", file_intake.MP3),
        (b"\xff\xfb\x90rest", file_intake.MP3),
    ],
)
def test_the_content_decides(content, kept):
    assert file_intake.inspect(content) is kept


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "不收这种文件。可收：PDF 文档"),
        (b"\x7fELF\x02\x01\x01\x00", "不收这种文件"),
        (packed("a.txt"), "不收压缩包"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "文件带有宏"),
        (b"PK\x03\x04broken", "文件已损坏"),
        (b"%PDF-" + b"x" * file_intake.LARGEST, "超过20MB"),
    ],
)
def test_other_files_are_refused_in_a_sentence(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        file_intake.inspect(content)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("照片.JPG", "照片.jpg"),
        ("C:\\用户\\桌面\\照片.jpeg", "照片.jpeg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.exe.jpg"),
        ('a<script>"b.jpg', "ascriptb.jpg"),
        ("", "附件.jpg"),
        ("..jpg", "jpg.jpg"),
    ],
)
def test_names_are_made_harmless(given, shown):
    assert file_intake.safe_name(given, file_intake.JPEG) == shown


def test_a_long_name_keeps_its_ending():
    name = file_intake.safe_name("长" * 300 + ".pdf", file_intake.PDF)
    assert len(name) == 120
    assert name.endswith("长.pdf")
