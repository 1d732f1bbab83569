"""What can go wrong while somebody waits for an earlier time."""

from dimoslive.domain.errors import DomainError


class NoWaitingList(DomainError):
    """The booking cannot wait for an earlier time: no list, no address, too near, or all notices spent."""

    code = "no_waiting_list"


class OfferGone(DomainError):
    """The earlier time was given to somebody else; the booking stands."""

    code = "offer_gone"
