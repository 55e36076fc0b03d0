"""收存附件。"""

import io

import pytest

from documents.files import attachment_store
from documents.letters.impediments import FileRefused
from documents.models import Attachment

pytestmark = pytest.mark.django_db


def upload(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def test_a_file_is_kept_under_a_name_that_tells_nothing(kept_files):
    attachment = attachment_store.receive(upload(b"%PDF-1.7 body", "刘桂兰 来信.pdf"), by=None, kind="letter", copies=2)
    assert attachment.name == "刘桂兰 来信.pdf"
    assert attachment.media_type == "application/pdf"
    assert (attachment.size, attachment.copies, attachment.original_returned) == (13, 2, False)
    assert "刘" not in attachment.file.name
    assert "pdf" not in attachment.file.name
    assert (kept_files / attachment.file.name).read_bytes() == b"%PDF-1.7 body"
    assert attachment_store.content_of(attachment) == b"%PDF-1.7 body"


def test_a_refused_file_leaves_nothing(kept_files):
    with pytest.raises(FileRefused):
        attachment_store.receive(upload(b"MZ\x90\x00", "照片.jpg"), by=None)
    assert not Attachment.objects.exists()
    assert not [path for path in kept_files.rglob("*") if path.is_file()]


def test_a_row_that_cannot_be_written_leaves_no_file(kept_files):
    with pytest.raises(ValueError, match="copies"):
        attachment_store.receive(upload(b"%PDF-1.7", "a.pdf"), by=None, copies="copies")
    assert not [path for path in kept_files.rglob("*") if path.is_file()]


def test_an_altered_or_lost_file_is_not_handed_out(kept_files):
    attachment = attachment_store.receive(upload(b"%PDF-1.7", "a.pdf"), by=None)
    path = kept_files / attachment.file.name
    path.write_bytes(b"%PDF-1.8")
    with pytest.raises(FileRefused, match="与收存时不一致"):
        attachment_store.content_of(attachment)
    path.unlink()
    with pytest.raises(FileRefused, match="不在了"):
        attachment_store.content_of(attachment)
