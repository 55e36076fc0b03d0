"""城市包站在参照包上：自己没有的表用参照包的，自己有的用自己的。"""

from rulebook.city import base_pack


def pack(root, name, head, **files):
    folder = root / name
    folder.mkdir()
    (folder / "pack.toml").write_text(head, encoding="utf-8")
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_city_uses_its_own_table_else_its_bases(tmp_path):
    shared = pack(tmp_path, "shared", "[pack]\n", roles="shared", grants="shared")
    own = pack(tmp_path, "own", '[pack]\nbase = "shared"\n', grants="own")
    assert base_pack.folders(own) == [shared, own]
    assert base_pack.file_of(own, "roles.csv") == shared / "roles.csv"
    assert base_pack.file_of(own, "grants.csv") == own / "grants.csv"
    assert base_pack.file_of(own, "organs.csv") == own / "organs.csv"  # 谁也没有：该补在自己这里


def test_a_pack_without_base_or_with_a_torn_head_stands_alone(tmp_path):
    alone = pack(tmp_path, "alone", "[pack]\n")
    torn = pack(tmp_path, "torn", '[pack\nbase = "alone"\n')
    assert base_pack.folders(alone) == [alone]
    assert base_pack.folders(torn) == [torn]
    assert base_pack.folders(tmp_path) == [tmp_path]
