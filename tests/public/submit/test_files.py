"""交来的文件：照片重画、位置去掉；坏的、假的、太大的，一句话说清，从不出错页，从不留下能运行的东西。"""

import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from docx import Document
from PIL import Image

from documents.files import cleaning
from documents.letters.impediments import FileRefused
from documents.models import Attachment
from public.models import OnlineDraft, OnlineFile
from public.submission import limits
from public.tasks import expire_drafts
from rulebook.timekeeping import at, now
from tests.public.submit.filling import faults_in, picture, with_place

pytestmark = pytest.mark.django_db
SCRIPT = b"<html><script>alert(document.cookie)</script></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def docx(**entries) -> bytes:
    written = io.BytesIO()
    Document().save(written)
    if entries:
        with zipfile.ZipFile(written, "a") as packed:
            for name, content in entries.items():
                packed.writestr(name, content)
    return written.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header claims a size, with a little data that unpacks to a lot of zeros."""
    chunk = lambda kind, data: (  # noqa: E731
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 5_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zip_bomb() -> bytes:
    written = io.BytesIO(docx())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        for n in range(5):
            packed.writestr(f"word/media/image{n}.xml", b"\0" * 50_000_000)
    return written.getvalue()


def pdf_with_packed(objects: bytes, name: bytes = b"/ObjStm") -> bytes:
    """A PDF whose objects lie in a packed stream, where nobody sees them who looks at the bytes."""
    packed = zlib.compress(objects)
    stream = b"2 0 obj<</Type" + name + b"/N 1/First 4/Filter/FlateDecode/Length %d>>stream\r\n" % len(packed)
    return PDF.replace(b"trailer", stream + packed + b"\r\nendstream endobj\ntrailer")


def xlsx_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/workbook.xml", b"\0" * 50_000_000)
    return written.getvalue()


LINK_OUT = (
    b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://example.invalid/t.dotm" TargetMode="External"/></Relationships>'
)
BROKEN = {
    "空文件": b"",
    "网页冒充照片": SCRIPT,
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "可执行文件": b"MZ\x90\x00" + b"\0" * 200,
    "脚本": b"#!/bin/sh\nrm -rf /\n",
    "纯文本": "身份证".encode(),
    "GIF": b"GIF89a" + b"\0" * 40,
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "半张照片": picture(size=(400, 400))[:300],
    "只有照片的头": b"\xff\xd8\xff\xe0",
    "只有 PNG 的头": b"\x89PNG\r\n\x1a\n",
    "坏 WebP": b"RIFF\x10\0\0\0WEBPVP8 " + b"\xff" * 20,
    "像素炸弹": png_of_size(60_000, 60_000),
    "说大话的 PNG": png_of_size(5_000, 5_000),
    "半份 PDF": PDF[:40],
    "PDF 后面带压缩包": PDF + docx(),
    "带脚本的 PDF": PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert)>>"),
    "脚本改了写法的 PDF": PDF.replace(b"/Type/Catalog", b"/Type/Catalog/AA<</S/J#61vaScript>>"),
    "加密 PDF": PDF.replace(b"trailer<<", b"trailer<</Encrypt 2 0 R"),
    "压缩包": b"PK\x03\x04" + b"\0" * 60,
    "带宏的 Word": docx(**{"word/vbaProject.bin": b"x"}),
    "嵌着文件的 Word": docx(**{"word/embeddings/oleObject1.bin": b"x"}),
    "打开外面模板的 Word": docx(**{"word/_rels/settings.xml.rels": LINK_OUT}),
    "前面垫了网页的 Word": SCRIPT + docx(),
    "解压炸弹": zip_bomb(),
    "GIF 兼网页": b"GIF89a/*" + SCRIPT + b"*/",
    "PDF 兼网页": SCRIPT + PDF,
    "脚本压在对象流里的 PDF": pdf_with_packed(b"3 0 <</S/JavaScript/JS(app.alert(1))>>"),
    "对象流改了写法的 PDF": pdf_with_packed(b"3 0 <</S/J#61vaScript>>", b"/Obj#53tm"),
    "对象流解不开的 PDF": pdf_with_packed(b"3 0 <<>>").replace(b"stream\r\n", b"stream\r\n\xff", 1),
    "对象流炸弹": pdf_with_packed(b"\0" * 40_000_000),
    "Excel 炸弹": xlsx_bomb(),
    "压缩包套压缩包": b"PK\x03\x04" + zip_bomb(),
    "MP4 录像": b"\0\0\0\x20ftypisom" + b"\0" * 60,
    "TIFF": b"II*\0" + b"\0" * 40,
    "WMF": b"\xd7\xcd\xc6\x9a" + b"\0" * 40,
    "PostScript": b"%!PS-Adobe-3.0 EPSF\n/x {(/etc/passwd) (r) file} def\n",
    "截断的 Word": docx()[:-200],
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_corpus_is_refused_in_a_sentence(name):
    with pytest.raises(FileRefused) as refused:
        cleaning.clean(BROKEN[name])
    assert len(str(refused.value)) > 5


@pytest.mark.parametrize("cut", range(0, 400, 13))
def test_no_cut_of_a_picture_breaks_anything_but_the_picture(cut):
    for content in (picture(size=(90, 90)), picture("PNG", (90, 90)), picture("WEBP", (90, 90))):
        damaged = content[:cut] + b"\xff" * 7 + content[cut + 7 :]
        try:
            kept, found = cleaning.clean(damaged)
        except FileRefused:
            continue
        assert kept.startswith((b"\xff\xd8\xff", b"\x89PNG"))
        assert found.media_type in ("image/jpeg", "image/png")


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_pictures_keep_their_pixels_and_nothing_else(sort):
    kept, found = cleaning.clean(picture(sort, (60, 40)) + b"\0" * 10 + SCRIPT)
    assert SCRIPT not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (60, 40)
        assert shown.getpixel((5, 5))[2] > 100
    assert found.media_type == ("image/png" if sort == "PNG" else "image/jpeg")


def test_the_place_and_the_camera_are_gone_and_the_picture_stands_upright():
    taken = with_place()
    assert b"PhoneMaker-Secret" in taken
    kept, _ = cleaning.clean(taken)
    assert b"PhoneMaker-Secret" not in kept
    assert b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert not shown.getexif()
        assert shown.size == (40, 60)  # 横着拍的转正


def test_a_huge_photo_is_made_smaller_not_refused():
    kept, _ = cleaning.clean(picture(size=(6000, 5000)))
    with Image.open(io.BytesIO(kept)) as shown:
        assert 4_000_000 < shown.width * shown.height <= cleaning.MOST_KEPT


def test_a_long_screenshot_keeps_its_shape():
    kept, _ = cleaning.clean(picture("PNG", (1000, 18000)))
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.width > 900


def test_papers_are_kept_as_they_came():
    assert cleaning.clean(PDF)[0] == PDF
    plain = pdf_with_packed(b"3 0 <</Type/Page/Contents 4 0 R>>")
    assert cleaning.clean(plain)[0] == plain
    paper = docx()
    assert cleaning.clean(paper)[0] == paper


def test_the_corpus_at_the_door_is_never_an_error_page_and_nothing_of_it_stays(letter, own_folder):
    letter.fill(until="files")
    for name, content in BROKEN.items():
        if not content:
            continue  # 浏览器自己的空文件在下面一例
        answer = letter.put("files", files=[(f"{name}.jpg", content)])
        assert answer.status_code == 422, name
        assert name in faults_in(answer)
    assert not Attachment.objects.exists()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_nothing_is_stored_under_a_name_or_type_that_runs(letter, own_folder):
    letter.fill(until="files")
    names = [
        "照片.html",
        "../../etc/passwd.jpg",
        "a.php.jpg",
        "x\u202egpj.exe",
        "b.svg",
        "无名",
        "." * 30,
        "张" * 200 + ".jpg",
        "a\0.php.jpg",
        "C:\\windows\\a.jpg",
        "a\r\nX-Evil: 1.jpg",
    ]
    for name in names:
        answer = letter.put("files", files=[(name, picture() + SCRIPT)], do="add")
        assert answer.status_code in (303, 400, 422), name
    kept = list(Attachment.objects.order_by("pk"))
    assert len(kept) >= 6
    for attachment in kept:
        assert attachment.name.endswith((".jpg", ".jpeg"))
        assert len(attachment.name) <= 120
        assert attachment.media_type == "image/jpeg"
        assert "." not in attachment.file.name
    for path in own_folder.rglob("*"):
        assert path.is_dir() or not path.stat().st_mode & 0o111
        assert path.is_dir() or SCRIPT not in path.read_bytes()


def test_whatever_was_kept_is_served_as_a_download_that_no_browser_runs(letter, own_folder):
    letter.fill(until="files")
    two_sorts = [("a.html", picture() + SCRIPT), ("b.php", picture("PNG") + b"<?php phpinfo();"), ("c.svg", PDF)]
    assert letter.put("files", files=two_sorts, do="add").status_code == 303
    held = list(OnlineFile.objects.order_by("pk"))
    assert len(held) == 3
    for one in held:
        answer = letter.client.get(f"/submit/file/{one.pk}/")
        headers = answer.headers
        assert headers["Content-Type"] in ("image/jpeg", "image/png", "application/pdf")
        assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert b"<script" not in answer.content and b"<?php" not in answer.content
    on_disk = sum(path.stat().st_size for path in own_folder.rglob("*") if path.is_file())
    assert on_disk == sum(one.size for one in held) <= limits.in_force().total


def test_a_name_longer_than_any_header_is_told_in_a_sentence(letter):
    letter.fill(until="files")
    answer = letter.put("files", files=[("张" * 5000 + ".jpg", picture())])
    assert answer.status_code in (303, 400, 422)
    if answer.status_code == 400:
        assert "文件名太长" in answer.content.decode()


def test_an_empty_file_is_refused(letter):
    letter.fill(until="files")
    answer = letter.put("files", files=[("空.jpg", b"")])
    assert answer.status_code == 422
    assert "空的" in faults_in(answer)


def test_good_ones_are_kept_beside_the_bad_one(letter):
    letter.fill(until="files")
    answer = letter.put("files", files=[("好.jpg", picture()), ("坏.jpg", SCRIPT)])
    assert answer.status_code == 422
    assert "坏.jpg" in faults_in(answer)
    assert Attachment.objects.get().name == "好.jpg"
    assert "好.jpg" in letter.to("files").content.decode()


def test_taken_down_and_looked_at(letter, own_folder, django_capture_on_commit_callbacks):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture())], do="add")
    held = OnlineFile.objects.get()
    answer = letter.client.get(f"/submit/file/{held.pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    with django_capture_on_commit_callbacks(execute=True):
        letter.put("files", do=f"drop:{held.pk}")
    assert not Attachment.objects.exists()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]
    assert letter.client.get(f"/submit/file/{held.pk}/").status_code == 404
    for nonsense in ("drop:", "drop:x", "drop:٣", "drop:" + "9" * 40):
        assert letter.put("files", do=nonsense).status_code == 303


@pytest.fixture
def small(monkeypatch):
    """Two files of 20 KB, 30 KB in all, 50 KB a day."""

    def hold(**other):
        few = replace(limits.in_force(), **({"files": 2, "file": 20_000, "total": 30_000, "day": 50_000} | other))
        monkeypatch.setattr(limits, "in_force", lambda: few)

    return hold


def noise(size: int) -> bytes:
    side = int((size / 3) ** 0.5)
    written = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(written, "PNG")
    return written.getvalue()


def test_number_size_sum_and_day_are_bounded(letter, small):
    letter.fill(until="files")
    small(file=10_000)
    assert "一个文件最大" in faults_in(letter.put("files", files=[("大.png", noise(60_000))]))
    small()
    one = picture("PNG", (80, 80))
    assert letter.put("files", files=[("1.png", one), ("2.png", one)], do="add").status_code == 303
    assert "最多就这么多" in faults_in(letter.put("files", files=[("3.png", one)]))
    small(files=9, total=len(one) * 2)
    assert "合起来超过" in faults_in(letter.put("files", files=[("3.png", one)]))
    small(files=9, day=len(one) * 2)
    assert "今天上传得太多" in faults_in(letter.put("files", files=[("3.png", one)]))
    assert Attachment.objects.count() == 2


def test_taking_down_does_not_give_the_day_back(letter, small):
    letter.fill(until="files")
    one = picture("PNG", (80, 80))
    letter.put("files", files=[("1.png", one)], do="add")
    small(day=OnlineFile.objects.get().size)
    letter.put("files", do=f"drop:{OnlineFile.objects.get().pk}")
    assert "今天上传得太多" in faults_in(letter.put("files", files=[("2.png", one)]))


def test_a_request_larger_than_everything_allowed_is_told_and_not_read_into_memory(letter, small):
    letter.fill(until="files")
    small(total=1000)
    answer = letter.put("files", files=[("大.jpg", b"\0" * (limits.FORM_ROOM + 2000))])
    assert answer.status_code == 413
    assert "传得太多" in faults_in(answer)


def test_what_nobody_submitted_is_gone_with_its_files(letter, own_folder, django_capture_on_commit_callbacks):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture())], do="add")
    start = now()
    with at(start.replace(year=start.year + 1)), django_capture_on_commit_callbacks(execute=True):
        assert expire_drafts() == 1
        assert expire_drafts() == 0
    assert not OnlineDraft.objects.exists()
    assert not OnlineFile.objects.exists()
    assert not Attachment.objects.exists()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_what_was_submitted_stays_when_its_receipt_goes(letter):
    letter.fill(until="files")
    letter.put("files", files=[("渗水.jpg", picture())])
    letter.put("ways")
    letter.submit()
    start = now()
    with at(start.replace(year=start.year + 1)):
        assert expire_drafts() == 1
    assert Attachment.objects.get().name == "渗水.jpg"
    assert letter.client.get("/submit/receipt/").headers["Location"] == "/submit/"
