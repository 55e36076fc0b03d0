"""从原话里分出诉求：编号的逐项，没编号的取所请求的，都没有就取第一句。"""

import pytest

from desk.registration.claim_lines import lines, split


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "地下室渗水两年。要求：1. 先排除电表箱险情；2. 尽快启动维修资金；3. 查清为何不组织表决。",
            ["先排除电表箱险情", "尽快启动维修资金", "查清为何不组织表决"],
        ),
        ("诉求：①退还押金②赔礼道歉", ["退还押金", "赔礼道歉"]),
        ("(1)退款；（2）道歉。", ["退款", "道歉"]),
        ("反映如下：\n一、拖欠工资\n二、未缴社保\n望尽快解决。", ["拖欠工资", "未缴社保"]),
        ("问题：一是垃圾无人清运；二是路灯不亮。", ["垃圾无人清运", "路灯不亮"]),
        ("经过：1. 三月报修。2. 四月无果。要求：1、修好电梯；2、公示账目。", ["修好电梯", "公示账目"]),
        ("电梯停运。要求：尽快修好；公示维修资金", ["尽快修好", "公示维修资金"]),
        ("楼道灯坏了三个月没人修，请尽快维修。", ["尽快维修"]),
        ("欠薪3.5万元，涉及12、13号楼。", ["欠薪3.5万元，涉及12、13号楼"]),
        ("我请假去找过社区，没人理。", ["我请假去找过社区，没人理"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_split(text, found):
    assert split(text) == found


def test_numbers_in_the_editable_list_are_not_part_of_the_demand():
    assert lines("1. 退款\n\n 2、道歉\n3.5元退还") == ["退款", "道歉", "3.5元退还"]


def test_a_long_text_stays_within_bounds():
    many = "要求：" + "".join(f"{n}. 第{n}件事；" for n in range(1, 60))
    assert len(split(many)) == 20
    assert len(split("很" * 3000)[0]) <= 200
