"""账户记录：一处写入。"""

from accounts.models import AccountEvent, User
from rulebook.timekeeping import now


def record(what: AccountEvent.What, user: User | None, *, by: User | None, **details) -> AccountEvent:
    """One line on what was done to an account. Details hold codes, labels and field names, never personal data."""
    return AccountEvent.objects.create(what=what, user=user, by=by, at=now(), details=details)
