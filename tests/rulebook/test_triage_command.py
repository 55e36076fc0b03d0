"""`manage triage`：读一份事实，答一份甄别意见。"""

import io
import json

import pytest
from django.core.management import CommandError, call_command

TOLD = {"receiver": "street", "channel": "visit", "asks": "claim", "matter": "service", "topic": "CX08"}


def ask(tmp_path, text, *arguments):
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("triage", "--facts", str(file), *arguments, stdout=out)
    return out.getvalue()


def test_the_answer_as_json(tmp_path):
    said = json.loads(ask(tmp_path, json.dumps(TOLD), "--json"))
    assert (said["kind"], said["branch"], said["path"]) == ("appeal", "31-6", "P24")
    assert (said["letter"], said["end"], said["clocks"]) == ("F02", "F12", ["D02", "D06", "D08"])
    assert said["remedy"] == "review" and "三十日内" in said["remedy_text"]
    assert {"V01", "第三十五条"} <= {ban["rule"] for ban in said["must_not"]}
    assert said["why"][0]["rule"] == "第三十一条第六项"


def test_the_answer_for_a_person(tmp_path):
    said = ask(tmp_path, json.dumps(TOLD | {"matter": "labour", "topic": "LD03"}))
    assert "途径 P04 劳动人事争议仲裁" in said and "不得出具信访处理意见书" in said and "一年内依法申请仲裁" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{", "不是 JSON"), ("[]", "应是一个 JSON 对象"), ('{"asks": "claim"}', "没有写明receiver")],
)
def test_what_cannot_be_read_is_refused(tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(tmp_path, text)


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match="读不了"):
        call_command("triage", "--facts", "没有这个文件.json")
