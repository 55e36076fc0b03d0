"""Reading and book-keeping of a petition, one function each in ledger.py, hung on the noun here."""

from petitions.petition.petition_fields import PetitionRecord
from petitions.record import ledger


class KeptPetition(PetitionRecord):
    """A petition's columns with its log, deadlines, holder and children; `Petition` adds the acts."""

    class Meta:
        abstract = True

    the_petition = ledger.the_petition
    log_facts = ledger.log_facts
    log_scope = property(ledger.log_scope)
    current_leg = property(ledger.current_leg)
    open_dispute = property(ledger.open_dispute)
    latest_opinion = property(ledger.latest_opinion)
    current_involvements = ledger.current_involvements
    involve = ledger.involve
    end_involvement = ledger.end_involvement
    end_all_involvements = ledger.end_all_involvements
    add_leg = ledger.add_leg
    state_of_leg = ledger.state_of_leg
    checker = ledger.checker
    settle_holder = ledger.settle_holder
    lock = ledger.lock
    keep = ledger.keep
    log = ledger.log
    rewrite_deadlines = ledger.rewrite_deadlines
    reading = ledger.reading
    open_acts = ledger.open_acts

    def open_hearing(self):
        """The hearing of the handling stage that was called and neither concluded nor cancelled, or None."""
        return next((one for one in self.hearings.all() if one.proceeding_id is None and one.is_open_still), None)

    def open_mediation(self):
        """The mediation now going on, or None."""
        return next((one for one in self.mediations.all() if one.is_open_still), None)
