"""python3 -m bench.million DATABASE N LINES STEP…：几步，在测速用的库里；由 steps.py 起。每步一行 JSON。"""

import json
import sys

import django


def main(database: str, petitions: int, log_lines: int, steps: list[str]) -> None:
    django.setup()
    from bench.million import inside
    from bench.million.plan import Plan

    plan = Plan.open(petitions, log_lines, database)
    for step in steps:
        print(json.dumps({"step": step, "told": getattr(inside, step)(plan)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
