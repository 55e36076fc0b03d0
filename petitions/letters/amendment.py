"""更正文书：发出的文书正文不改，文字差错另发《更正告知书》（rules §8.3 文书硬校验）。"""

from documents.letters import issuance as documents
from documents.models import Letter
from petitions.act.guards import guard
from petitions.act.states import Finding
from petitions.letters.letter_contacts import contact_of

NOTICE = "F36"


def amendable(petition) -> list:
    """The petition's issued letters that may be put right, in the order they were issued; never a correction itself."""
    return [
        link
        for link in petition.petition_letters.all()
        if link.letter.status == Letter.Status.ISSUED and link.letter.kind not in (NOTICE, "F15")
    ]


@guard("还没有发出的文书可以更正", article="文书正文发出即固定")
def has_issued_letter(petition) -> bool:
    return bool(amendable(petition))


def unlawful_amendment(petition, *, by, letter, mistake, corrected, reason, **_):
    """A slip of the pen is put right by whoever issued the letter; a finding is not changed this way (第三十五条)."""
    if letter.petition_id != petition.pk or letter not in amendable(petition):
        return "只能更正本件已经发出、没有作废的文书"
    if by.user is not None and letter.letter.organ_id != by.user.office.pk:
        return f"《{letter.letter.title}》由{letter.letter.organ.short_name}出具，须由该单位更正"
    if not reason.strip():
        return "更正须写明差错是怎样发生的"
    if _findings(mistake) != _findings(corrected):
        return "更正只限文字差错，不能改变处理结论；结论有错的，信访人可以申请复查，由复查机关撤销、变更（第三十五条）"
    return None


def _findings(words: str) -> list[str]:
    """The findings the words speak of; 不支持 and 部分支持 are not counted as 支持 as well."""
    found = []
    for label in sorted(Finding.labels, key=len, reverse=True):
        found += [label] * words.count(label)
        words = words.replace(label, "")
    return sorted(found)


def amended(petition, by, details, note):
    """F36 to whom the letter was addressed, served on everyone the letter was to be served on. Returns the letters."""
    link = details["letter"]
    letter = documents.correct(
        link.letter,
        mistake=details["mistake"],
        corrected=details["corrected"],
        reason=details["reason"],
        by=by.user,
        contact=contact_of(petition, by),
    )
    petition.petition_letters.create(letter=letter, party=link.party, seq=petition.seq)
    told = petition.services.filter(letter=link.letter).select_related("party")
    for one in told:
        petition.services.create(letter=letter, party=one.party)
    return [letter]
