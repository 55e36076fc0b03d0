"""期满以前谁看得到一份评价：办理它的人、被评价的单位和它下面的都不行；回访的看得到要回访的（rules §1.15）。"""

from django.db.models import F, Q

from accounts.authority import organs_of, standing
from rulebook.acts import Act


def seen_by(user, day, at: str = "") -> Q:
    """The condition that the user may see a rating on the day; `at` leads from the row asked about to its rating.

    Those whose window is over; before that only what a call-back needs, for who calls back at the office above. Never
    for who sits in the rated organ or below it, or handles the petition; of the city's own office its supervision desk
    calls back, so that it sees them.
    """
    callers = {claim.seat.organ.office_id for claim in standing(user).of(Act.CALL_BACK)}
    needed = Q(**{f"{at}call_back__office__in": callers}) & ~Q(**{f"{at}call_back__state": "dropped"})
    apart = ~Q(**{f"{at}organ__in": organs_of(user)}) | Q(**{f"{at}organ": F(f"{at}call_back__office")})
    return Q(**{f"{at}until__lt": day}) | needed & apart & ~Q(**{f"{at}petition__handler": user.pk})
