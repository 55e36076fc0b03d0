"""很多件，一次写进库里：同一件登记的复制出来，只换编号、原话和收到日。"""

from copy import deepcopy

from petitions.models import Involvement, Petition, Submission
from tests.cast import registered


def pile_up(texts: list[str], **told) -> list[Petition]:
    """One petition for each text, in this order, all where the first one was registered; said is all that differs."""
    first = registered(original=texts[0], letters_too=False, title="照抄", claims=["如上"], place="", **told)
    rows = [(f"{first.submission.number}X{n}", text) for n, text in enumerate(texts[1:])]
    submission, submissions = Submission.objects.get(pk=first.submission_id), []
    for number, text in rows:
        copy = deepcopy(submission)
        copy.pk, copy.number, copy.original, copy.original_hash = None, number, text, ""
        submissions.append(copy)
    Submission.objects.bulk_create(submissions)
    petitions = []
    for submission in submissions:
        copy = deepcopy(first)
        copy.pk, copy.number, copy.submission = None, submission.number, submission
        petitions.append(copy)
    Petition.objects.bulk_create(petitions)
    Involvement.objects.bulk_create(
        Involvement(petition=petition, kind=row.kind, organ=row.organ, post=row.post, user=row.user, since=row.since)
        for petition in petitions
        for row in first.involvements.filter(until=None)
    )
    return [first, *petitions]
