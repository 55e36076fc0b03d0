"""识读扫描的印刷体来信：可选的包没装也照收；机器读的、人核对的各存各的。"""

import io

import pytest

from documents import tasks
from documents.files import attachment_store, ocr, transcription
from documents.letters.impediments import FileRefused
from documents.models import Attachment, Transcript
from rulebook.timekeeping import now

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 body"


def kept(kind="letter", content=PDF, name="来信.pdf") -> Attachment:
    file = io.BytesIO(content)
    file.name = name
    return attachment_store.receive(file, by=None, kind=kind)


@pytest.fixture
def engine(monkeypatch):
    """An engine that reads every file alike, or fails as it is told."""
    told = {"words": "反映路灯不亮"}

    def read(content, media_type):
        if said := told.get("refuses"):
            raise ocr.Unreadable(said)
        return f"{told['words']}（{media_type}）"

    monkeypatch.setattr(ocr, "read", read)
    return told


def test_letters_and_papers_are_read_identity_and_recordings_never(kept_files, engine):
    letter = kept()
    kept(kind="identity")
    kept(kind="letter", content="说明".encode(), name="说明.txt")
    assert tasks.read_scans() == 1
    assert Transcript.objects.get().attachment == letter
    assert letter.transcript.words == "反映路灯不亮（application/pdf）" and letter.transcript.state == "read"
    assert tasks.read_scans() == 0  # 再来一遍什么也不做


def test_what_cannot_be_read_says_why_once_and_a_person_may_type_it(kept_files, engine):
    engine["refuses"] = "没有读出文字：可能是手写"
    letter = kept()
    assert tasks.read_scans() == 1 and tasks.read_scans() == 0
    assert letter.transcript.state == "failed" and letter.transcript.problem == "没有读出文字：可能是手写"
    typed = transcription.correct(letter, "手写：路灯不亮\n", by=None, edition=0)
    assert (typed.state, typed.words, typed.edition) == ("checked", "手写：路灯不亮", 1)


def test_what_a_person_corrected_counts_and_the_machines_words_stay(kept_files, engine):
    letter = kept()
    tasks.read_scans()
    transcription.correct(letter, "反映路灯不亮，三年了", by=None, edition=0)
    text = Transcript.objects.get()
    assert text.words == "反映路灯不亮，三年了" and text.machine_text.startswith("反映路灯不亮（")
    with pytest.raises(FileRefused, match="刚被他人改过"):
        transcription.correct(letter, "另一个人同时改的", by=None, edition=0)
    assert Transcript.objects.get().words == "反映路灯不亮，三年了"


@pytest.mark.parametrize(("text", "said"), [("  \n", "请写下"), ("字" * 60_001, "不超过")])
def test_an_empty_or_endless_text_is_refused(kept_files, text, said):
    with pytest.raises(FileRefused, match=said):
        transcription.correct(kept(), text, by=None, edition=0)
    assert not Transcript.objects.exists()


def test_two_readers_of_one_scan_leave_one_text(kept_files, engine, monkeypatch):
    letter = kept()
    inner = ocr.read

    def overtaken(content, media_type):
        Transcript.objects.create(attachment=letter, machine_text="先到的", state="read", read_at=now())
        return inner(content, media_type)

    monkeypatch.setattr(ocr, "read", overtaken)
    assert transcription.read_next() is None
    assert Transcript.objects.get().words == "先到的"


def test_pieces_are_put_in_lines_and_doubtful_ones_left_out():
    def at(left, top, words, certainty=0.9):
        return [[left, top], [left + 50, top], [left + 50, top + 20], [left, top + 20]], words, certainty

    found = [at(200, 12, "右边"), at(10, 60, "第二行"), at(10, 10, "左边"), at(10, 100, "污点", 0.2)]
    assert ocr.in_lines(found) == ["左边 右边", "第二行"]
    assert ocr.in_lines([]) == []
