"""固定的演员表与走到某一步的信访件。A petition in a test has walked there through real acts."""

import io
import itertools
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from accounts.models import Organ, User
from config import city as packs
from petitions.act.consequences import carry_out, register
from petitions.act.states import Kind, State
from petitions.handling.opinion.examination.case_file import remarks_on
from petitions.handling.opinion.examination.examination_sheet import Severity
from petitions.intake.registration import Intake, PartyFacts
from petitions.models import Petition
from petitions.parties.identity import check_sign
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, at, today

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
PASSWORD = "demo-Pass-1"
_serial = itertools.count(1)

EXCLUDED = [{"branch": f"31-{n}", "answer": False, "reason": "不属于该情形"} for n in range(1, 6)]


_snapshot: dict[str, bytes] = {}
standing: list[str] = []  # 城市常在的库（tests/standing_city.py）
_counters: dict[str, tuple[str, int]] = {}  # 表 → 它的序列，和抄回的最后一个号


def load_city() -> None:
    """The demo city's rules, organs, roles, people, letters and routing, into empty tables.

    Published once a session through the real pack code; later calls copy the same rows back, some thirty times faster.
    In the standing city it is there already.
    """
    if connection.settings_dict["NAME"] in standing:
        return
    if _snapshot:
        with transaction.atomic():
            _copy_back()
        return
    packs.publish(PACK, by="测试")
    packs.load_people(PACK, PASSWORD)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.split("_")[0] in ("rulebook", "accounts", "documents", "petitions", "routing", "supervision"):
                rows = io.BytesIO()
                cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
                if rows.tell():
                    _snapshot[table] = rows.getvalue()
        cursor.execute(
            "SELECT table_name, pg_get_serial_sequence(table_name, 'id') FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = ANY(%s) AND column_name = 'id'",
            [list(_snapshot)],
        )
        for table, sequence in cursor.fetchall():
            if sequence:
                cursor.execute(f"SELECT max(id) FROM {table}")
                _counters[table] = sequence, cursor.fetchone()[0]


def count_on(far: int) -> None:
    """In this database the next keys come far behind those of the city."""
    with connection.cursor() as cursor:
        moved = [f"setval('{sequence}', {last + far})" for sequence, last in _counters.values()]
        cursor.execute(f"SELECT {', '.join(moved)}")


def _copy_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in _snapshot.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.BytesIO(rows))
        moved = [
            f"setval('{sequence}', greatest({last}, nextval('{sequence}')))" for sequence, last in _counters.values()
        ]
        cursor.execute(f"SELECT {', '.join(moved)}")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE accounts_organ, petitions_petition, petitions_involvement")  # 回滚多了，旧统计会误导


def someone(username: str) -> User:
    """A person of the cast: clerk1 王晓岚, officer1 李致平, handler1, chief1, deputy1, head1 of 青柳街道; super1 …"""
    return User.objects.select_related("organ__office").get(username=username)


def fresh(petition) -> Petition:
    """The petition as it stands now, as a request would load it."""
    return Petition.objects.select_related("submission", "organ__office", "rule_set").get(pk=petition.pk)


def _no_such_number(body: str) -> str:
    """An identity number whose check sign is wrong: it cannot be anybody's."""
    return body + ("0" if check_sign(body) == "X" else "X")


def intake(**told) -> Intake:
    """A walk-in at 青柳街道 by 陈玉兰 (invented), with what the test says otherwise."""
    n = next(_serial)
    facts = {
        "organ": Organ.objects.get(code="YHQL"),
        "channel": "visit",
        "original": f"春柳苑 {n} 号楼电梯停运三天，老人下不了楼，请尽快修好并公示维修基金使用情况。",
        "received_on": today(),
        "kind": Kind.APPEAL,
        "claims": ["尽快修好电梯", "公示维修资金使用情况"],
        "parties": [
            PartyFacts(
                name="陈玉兰",
                sex="女",
                birth_year=1954,
                id_number=_no_such_number(f"1101991954{1 + n % 12:02d}15{n % 1000:03d}"),
                phone=f"138000{n:05d}",
                address=f"云河区青柳街道春柳苑{n}号楼102室",
            )
        ],
        "place": "春柳苑",
        "territory": "11019901001",
    }
    return Intake(**(facts | told))


def registered(by="clerk1", *, letters_too=True, **told) -> Petition:
    """Registered at the desk a moment ago."""
    return fresh(register(intake(**told), by=someone(by), letters_too=letters_too))


def do(petition, act: Act, by="officer1", **details) -> Petition:
    """One act by a person of the cast; returns the petition as it stands afterwards. Whoever checks a draft answers
    each remark that may stand, unless the test says what they answer."""
    if act is Act.PASS:
        details.setdefault("overrides", answered(fresh(petition)))
    carry_out(fresh(petition), act, by=someone(by), **details)
    return fresh(petition)


def answered(petition) -> dict[str, str]:
    """A reason for every remark of the examiner that asks for one."""
    return {one.key: "已核对原件，无误" for one in remarks_on(petition) if one.severity == Severity.ASK}


def decided(petition, by="officer1", path="31-6") -> Petition:
    """Classified on the petition path, every other branch answered no."""
    return do(petition, Act.CLASSIFY, by, path=path, record=EXCLUDED)


def accepted(by="officer1", **told) -> Petition:
    """Registered and accepted on the same day by the street itself."""
    return do(decided(registered(**told), by), Act.ACCEPT, by)


def drafted(petition, by="officer1") -> Petition:
    """Heard and drafted: every claim answered."""
    petition = do(petition, Act.INQUIRE, by, form="heard", note="电话听取意见，信访人补充了停梯日期。")
    findings = [
        {"number": claim.number, "finding": "support", "answer": f"关于“{claim.text}”：属实，已督促整改。"}
        for claim in petition.claims.order_by("number")
    ]
    return do(
        petition,
        Act.DRAFT,
        by,
        facts="经现场核查，电梯曳引机损坏，维保单位已更换。",
        basis="《特种设备安全法》第三十六条",
        findings=findings,
    )


def submitted(**told) -> Petition:
    return do(drafted(accepted(**told)), Act.SUBMIT, "officer1")


def passed(**told) -> Petition:
    return do(submitted(**told), Act.PASS, "legal1", opinion="事实清楚，依据适当。")


def issued(**told) -> Petition:
    return do(passed(**told), Act.SIGN, "deputy1")


def serve_all(petition, by="officer1", on=None) -> Petition:
    """Serve every waiting letter of the petition, in person."""
    for service in petition.services.waiting():
        service.petition = fresh(petition)
        carry_out(service, Act.SERVE, by=someone(by), means="direct", on=on or today())
    return fresh(petition)


def closed(**told) -> Petition:
    return do(serve_all(issued(**told)), Act.CLOSE, "officer1")


WALKS = {
    State.REGISTERED: registered,
    State.ACCEPTED: accepted,
    State.SUBMITTED: submitted,
    State.ISSUED: issued,
    State.CLOSED: closed,
}


def petition_at(state: State, **told) -> Petition:
    """A petition that walked to the state through real acts."""
    return WALKS[state](**told)


def on_day(day: date | str, hour: int = 10):
    """Hold the clock at an hour of a day."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return at(datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING))
