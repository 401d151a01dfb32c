"""Why a verb refused. Pure."""

from collections.abc import Sequence

from courses.credit import Bar


class NotOffered(Exception):
    """This credit is not for this person, language or day; `bars` say why, none of them: there is no such offer."""

    def __init__(self, bars: Sequence[Bar] = ()) -> None:
        super().__init__(", ".join(bars))
        self.bars = tuple(bars)


class DataMissing(Exception):
    """The credit cannot be given without `names`: license_number, license_state, nabp_id, birthday."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


class DatesImpossible(Exception):
    """The completion lies before its edition or in the future: some clock is or was wrong, and nothing is issued."""


class NotActive(Exception):
    """The certificate was replaced, revoked or erased meanwhile."""


class AlreadyDecided(Exception):
    """Somebody else has decided this correction, or its asker has withdrawn it."""


class AlreadyAsked(Exception):
    """A correction of this certificate is waiting for its decision."""


class AskedTooOften(Exception):
    """So many corrections of this certificate were asked for today that nobody could read them."""


class NothingToCorrect(Exception):
    """What is asked for is what the certificate says."""


class NotRenewable(Exception):
    """It does not expire, or not soon enough, or was renewed."""


class NothingEarned(Exception):
    """There is nothing to put on a transcript."""


class NotLost(Exception):
    """The file is there, as it was issued."""


class AuthorityDown(Exception):
    """The authority for time stamps did not give the stamp it was asked for: what is to be signed waits for it."""


class ReissueUnderWay(Exception):
    """A reissue of the module is not finished yet."""


class CreditChanged(Exception):
    """The credit of another edition is not this certificate's; `reason` is an English message to be translated."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
