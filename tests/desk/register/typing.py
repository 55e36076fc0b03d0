"""一张填好的登记表，人和地名都是编的。"""

from petitions.models import Category
from petitions.parties.identity import check_sign

BODY = "11019919540615242"
IDNO = BODY + check_sign(BODY)
TEXT = "春柳苑3号楼地下室反复渗水已近两年，公共电表箱受潮。要求：1. 先排除电表箱险情；2. 尽快启动专项维修资金。"


def sheet(**said) -> dict:
    """The posted fields of a walk-in at 青柳街道, seen and decided, with what the test says otherwise."""
    filled = {
        "channel": "visit",
        "idno": IDNO,
        "idst": "stated",
        "nm": "刘桂兰",
        "sex": "女",
        "addr": "云河区青柳街道春柳苑3号楼1单元102室",
        "tel": "13800006215",
        "ppl": "1",
        "aim": "appeal",
        "txt": TEXT,
        "loc": "11019901001",
        "cat_other": str(Category.objects.get(code="010103").pk),
        "unit": "triage",
        "seen": "1",
        "do": "print",
    }
    return {name: value for name, value in (filled | said).items() if value is not None}
