"""一套编写的字段：每种文书各一份，取自参照包的样张；人名、地名、单位都是虚构的。"""

from pathlib import Path

from documents.letters import specimens

LETTERS = Path(__file__).parents[2] / "citypacks" / "reference"
READ = specimens.read(LETTERS / "letters" / "samples.toml")
_WHOSE = ("case_no", "addressee")
SAMPLES = {
    kind: {code: value for code, value in sample.values.items() if code not in _WHOSE} for kind, sample in READ.items()
}
CLAIMS = SAMPLES["F12"]["claims"]
STREET = "云河区青柳街道办事处"
CASE_NO = "110199-2026-03862"


def values_of(kind: str) -> dict:
    """The sample with what the system fills in: the case number and whom the letter is to."""
    return dict(READ[kind].values)


def sender_of(kind: str) -> str:
    return READ[kind].organ
