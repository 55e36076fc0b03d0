"""群众从网上交来的文件：按内容认定、真正解开一遍，照片重新画过再收。只收照片和文档，不收别的。

A picture is decoded and drawn anew, so that nothing but its pixels is kept: no place, no camera, no second file behind
its end. A document is kept byte for byte, once nothing in it can run by itself. Every refusal is a sentence for
somebody who has never heard of a file format. Pure.
"""

import io
import os
import re
import sys
import threading
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps, UnidentifiedImageError

from documents.files import file_intake
from documents.files.file_intake import DOCX, JPEG, PDF, PNG, FileType
from documents.letters.impediments import FileRefused

MOST_KEPT = 16_000_000  # 像素；更大的照片缩到这么大，文件上的字仍看得清
MOST_PIXELS = 30_000_000  # PNG、WebP、渐进式 JPEG 要整张解开；超过的不收
MOST_JPEG_PIXELS = 250_000_000  # 普通 JPEG 边读边缩，现在的手机最多两亿像素
_QUALITY = 90
_MOST_ENTRIES = 2000
_MOST_LINKS = 1024 * 1024  # 字节
_AFTER_THE_END = 1024  # 字节；PDF 结束标志以后至多还有这么多

SORTS = _("照片（JPG、PNG、WebP）、PDF 和 Word 文档（docx）")
_BROKEN_PICTURE = _("照片打不开，可能没有存好，请重新拍一张或者重新选择")
_HEIC = _(
    "这是苹果手机的 HEIC 照片，暂时收不了。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或者把照片截一张图再选截图"
)
# HEIC/HEIF 的几种牌号（ISO 14496-12 的 ftyp 盒）
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
# 会自己运行、自己打开别的东西的 PDF 部件；名字可以写成 #xx，先还原
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LONGEST_HEAD = 1024  # 字节
_MOST_OBJECTS = 16 * 1024 * 1024  # 字节
_EMBEDDED = ("word/embeddings/", "word/activex/", "word/vbaproject", "customui/")
Image.MAX_IMAGE_PIXELS = None  # 像素数由下面自己把关：只给警告的那一档不够
_NICE = 5


def _step_back() -> None:
    """Give this thread less of the machine than the pages beside it; only Linux knows threads apart."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


# 一个进程一次只解一张，由一个让着别人的线程去解：再多的人同时上传，内存也只多一张照片，页面不因此慢下来
_draughtsman = ThreadPoolExecutor(1, "pictures", _step_back)


def clean(content: bytes) -> tuple[bytes, FileType]:
    """What may be kept of the content, and its type; WebP becomes JPEG. Raises FileRefused with a sentence."""
    if not content:
        raise FileRefused(_("文件是空的，请重新选择"))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise FileRefused(_HEIC)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content):
        return _picture(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content), PDF
    if content.startswith(b"PK\x03\x04"):
        return _docx(content), DOCX
    raise FileRefused(
        _("收不了这种文件，能收的是照片（JPG、PNG、WebP）、PDF 和 Word 文档（docx）。录音、录像请带到登记窗口")
    )


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _picture(content: bytes) -> tuple[bytes, FileType]:
    """Decoded, turned upright, and written anew without anything else."""
    try:
        return _draughtsman.submit(_opened_and_drawn, content).result()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, TypeError, EOFError, MemoryError):
        # Pillow 对坏图片报的错不止一种，对交照片的人都是同一句话
        raise FileRefused(_BROKEN_PICTURE) from None


def _opened_and_drawn(content: bytes) -> tuple[bytes, FileType]:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
        return _drawn_anew(opened)


def _drawn_anew(opened: Image.Image) -> tuple[bytes, FileType]:
    area = opened.width * opened.height
    read_in_strips = opened.format == "JPEG" and not opened.info.get("progressive")
    if area > (MOST_JPEG_PIXELS if read_in_strips else MOST_PIXELS):
        raise FileRefused(_("照片太大，打不开。请在手机相册里把照片缩小，或者截一张图再选截图"))
    if read_in_strips and area > MOST_KEPT:
        opened.draft("RGB", _scaled(opened.size, MOST_KEPT // 2))  # 解码时就缩小，不先占满内存
    kept = PNG if opened.format == "PNG" else JPEG
    ImageOps.exif_transpose(opened, in_place=True)
    if opened.width * opened.height > MOST_KEPT:
        opened.thumbnail(_scaled(opened.size, MOST_KEPT))
    mode = "RGBA" if _is_see_through(opened) else "RGB"
    plain = opened if opened.mode == mode else opened.convert(mode)  # 照片多半已是 RGB：不再占一张的内存
    if plain.mode == "RGBA":
        ground = Image.new("RGB", plain.size, "white")
        ground.paste(plain, mask=plain.getchannel("A"))
        plain = ground
    plain.info.clear()  # 只带像素走：不带位置、机型、缩略图、颜色说明
    written = io.BytesIO()
    if kept is PNG:
        plain.save(written, "PNG")
    else:
        plain.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue(), kept


def _is_see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _scaled(size: tuple[int, int], area: int) -> tuple[int, int]:
    """The same shape with about so many pixels."""
    width, height = size
    share = (area / (width * height)) ** 0.5
    return max(1, int(width * share)), max(1, int(height * share))


def _pdf(content: bytes) -> bytes:
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content:
        raise FileRefused(_("PDF 文件不完整，可能没有下载完，请重新保存后再选"))
    if len(content) - end > _AFTER_THE_END:
        raise FileRefused(_("PDF 文件后面还带着别的东西，收不了。请用“打印—另存为 PDF”重新做一份"))
    named = _HEX.sub(lambda found: bytes([int(found[1], 16)]), content)
    if b"/Encrypt" in named:
        raise FileRefused(_("PDF 文件加了密码，打不开。请另存一份不带密码的"))
    if _ACTIVE.search(named) or _hides_active(content):
        raise FileRefused(_("PDF 文件里带有会自动运行的内容，收不了。请用“打印—另存为 PDF”重新做一份"))
    return content


def _hides_active(content: bytes) -> bool:
    """Whether a packed stream of objects (ISO 32000-1, 7.5.7) holds an active part, or cannot be looked into."""
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - _LONGEST_HEAD) : found.start()].rpartition(b" obj")[2]
        head = _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), head)
        if b"/ObjStm" not in head or b"/Filter" not in head:
            continue  # 没有压过的，上面已经看过
        unpacking = zlib.decompressobj()
        try:
            objects = unpacking.decompress(content[found.end() :], _MOST_OBJECTS)
        except zlib.error:
            return True
        if unpacking.unconsumed_tail and not unpacking.eof:
            return True
        if _ACTIVE.search(_HEX.sub(lambda sign: bytes([int(sign[1], 16)]), objects)):
            return True
    return False


def _docx(content: bytes) -> bytes:
    if file_intake.inspect(content) is not DOCX:
        raise FileRefused(
            _("收不了这种文件，能收的是照片（JPG、PNG、WebP）、PDF 和 Word 文档（docx）。表格请另存为 PDF")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if len(entries) > _MOST_ENTRIES or min(entry.header_offset for entry in entries) != 0:
                raise FileRefused(_("Word 文档不正常，收不了。请另存为 PDF 后再选"))
            if any(entry.filename.lower().startswith(_EMBEDDED) for entry in entries):
                raise FileRefused(_("Word 文档里嵌着别的文件，收不了。请另存为 PDF 后再选"))
            links = [entry for entry in entries if entry.filename.lower().endswith(".rels")]
            if any(entry.file_size > _MOST_LINKS for entry in links):
                raise FileRefused(_("Word 文档不正常，收不了。请另存为 PDF 后再选"))
            for entry in entries:  # 逐段解开核对，一次只占一小块内存
                with packed.open(entry) as part:
                    while part.read(64 * 1024):
                        pass
            if any(_calls_out(packed.read(entry)) for entry in links):
                raise FileRefused(_("Word 文档会自动打开外面的文件，收不了。请另存为 PDF 后再选"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise FileRefused(_("Word 文档已损坏，打不开。请重新保存，或者另存为 PDF 后再选")) from None
    return content


def _calls_out(relations: bytes) -> bool:
    """Whether anything but a link that a person must click lies outside."""
    return any(
        b"External" in one and b"/hyperlink" not in one for one in re.findall(rb"<Relationship\b[^>]*>", relations)
    )
