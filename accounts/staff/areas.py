"""辖区代码：上级的代码是下级代码的开头。街道（乡镇）在区之后加三位，社区（村）再加三位。

A district's code has six digits, as the national divisions have; a city whose own code has six gives its districts
eight. Three digits more a level, so a code alone tells which digits are the district's.
"""

STEP = 3
DISTRICT_LENGTHS = (6, 8)


def district_of(code: str) -> str:
    """The district's part of an area code; a city's shorter code is its own answer."""
    return code[: DISTRICT_LENGTHS[0] + len(code) % STEP]


def street_of(code: str) -> str:
    """The street's or town's part of an area code; empty where the area is wider than a street."""
    length = len(district_of(code)) + STEP
    return code[:length] if len(code) >= length else ""
