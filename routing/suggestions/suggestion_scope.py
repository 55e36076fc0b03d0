"""谁看得见哪些建议：管得到现在研究它的单位的、发起征集的单位、经手过的单位。"""

from django.db.models import Exists, OuterRef, Q

from accounts.authority import holds, organs_reached
from accounts.models import Appointment, Grant, Organ, User
from routing.models import Suggestion, SuggestionStep
from rulebook.acts import Act
from rulebook.timekeeping import today

ACTS = (Act.STUDY_SUGGESTION, Act.COLLECT)


def takes_part(user) -> bool:
    """Whether the user has any part in suggestions."""
    return any(holds(user, act) for act in ACTS)


def seen_by(user):
    """The suggestions the user may see."""
    reached = Q(pk__in=[])
    for act in ACTS:
        organs = organs_reached(user, act).values("pk")
        passed = SuggestionStep.objects.filter(suggestion=OuterRef("pk"), organ__in=organs)
        reached |= Q(organ__in=organs) | Q(campaign__organ__in=organs) | Exists(passed)
    return Suggestion.objects.filter(reached)


def at_hand(user):
    """What waits for the user's own posts: in hand of an organ they study for, and still owed."""
    return Suggestion.objects.owed().filter(organ__in=organs_reached(user, Act.STUDY_SUGGESTION).values("pk"))


def working_on(organ: Organ) -> list[User]:
    """Who is told of what arrives there: the posts of the organ itself that study suggestions, else of its office."""
    roles = Grant.objects.filter(act=Act.STUDY_SUGGESTION).values("role_id")
    seats = Appointment.objects.current_on(today()).filter(post__role_id__in=roles, user__is_active=True)
    for where in (Q(post__organ=organ), Q(post__organ__office_id=organ.office_id)):
        people = list(User.objects.filter(pk__in=seats.filter(where).values("user_id")).order_by("pk"))
        if people:
            return people
    return []
