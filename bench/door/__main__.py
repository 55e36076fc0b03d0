"""python3 -m bench.door SCALE：在拷贝里，一样一样量；由 measuring 起。末一行是 JSON。"""

import json
import sys

import django

OFFICER, CLERK = "officer1", "clerk1"


def main(told: dict) -> list[dict]:
    """Guesses, equal times, CPU, load: the lines."""
    from bench.door import equal, guessing, page_cost, steady_load
    from bench.door.clerk import Clerk
    from bench.door.measuring import Scale
    from bench.door.serving import serving
    from bench.door.visiting import Visitor
    from bench.pages import cookie_of
    from petitions.models import Category, Party
    from petitions.parties.persons import fresh_code

    scale = Scale(**told)
    lines = guessing.measure(scale.guesses) if scale.guesses else []
    parties = Party.objects.exclude(query_hash="").exclude(phone_hash="").order_by("pk")[:500]
    codes = [party.query_code for party in parties]
    right = {"code": parties[0].query_code, "tel4": parties[0].phone[-4:]}
    name, value = cookie_of(OFFICER).split("=", 1)
    if scale.times or scale.rounds:
        with serving(workers=1, BENCH_UNTHROTTLED="1") as house:
            if scale.times:
                lines += equal.measure(house.port, codes, [fresh_code() for _ in codes], scale.times)
            if scale.rounds:
                lines += page_cost.measure(house.port, {name: value}, right, scale.rounds, "")
                seconds = scale.rounds * 0.1 + 10  # 量一轮的工夫里一直有人交
                with steady_load.crowd(house.public_port, seconds, 0, scale.uploads) as process:
                    steady_load.let_come(process)
                    beside = "，同时有人交照片"
                    lines += page_cost.measure(house.port, {name: value}, right, scale.rounds, beside)
    if scale.loaded:
        name, value = cookie_of(CLERK).split("=", 1)
        with serving(apart=scale.apart) as house:
            clerk = Clerk(Visitor(house.port, "10.5.0.1", {name: value}), str(Category.objects.get(code="010103").pk))
            lines += steady_load.measure(
                house, clerk, idle=scale.idle, loaded=scale.loaded, requests=scale.requests, uploads=scale.uploads
            )
    return lines


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(json.loads(sys.argv[1])), ensure_ascii=False))
