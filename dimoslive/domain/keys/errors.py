"""What a municipality's program can be refused, and whoever sets up its key."""

from dimoslive.domain.errors import DomainError


class KeyMissing(DomainError):
    """A program sent no key."""

    code = "key_missing"


class KeyUnknown(DomainError):
    """The key was never one, has expired or was revoked: the same answer for all."""

    code = "key_unknown"


class ScopeMissing(DomainError):
    """The key is good, but not for this; ``scope`` names what it lacks."""

    code = "scope_missing"


class NetworkNotAllowed(DomainError):
    """The key is good, but not from the network that the request came from."""

    code = "network_not_allowed"


class TooManyKeys(DomainError):
    """The municipality has as many keys as it may; ``limit`` says how many."""

    code = "too_many_keys"


class KeyEnded(DomainError):
    """A key that was revoked is not changed any more."""

    code = "key_ended"


class StatusNotAllowed(DomainError):
    """The booking's ``status`` does not allow it."""

    code = "status_not_allowed"


class VersionChanged(DomainError):
    """The booking is not in the version that the program has seen; ``version`` is the one it has now."""

    code = "version_changed"


class ExternalIdTaken(DomainError):
    """The program called another booking so already."""

    code = "external_id_taken"


class PersonErased(DomainError):
    """What is asked for needs the person, whose data are erased."""

    code = "erased"


class IdempotencyKeyRequired(DomainError):
    """What would be done twice if it were sent twice needs a name."""

    code = "idempotency_key_required"


class IdempotencyMismatch(DomainError):
    """Another request had this name."""

    code = "idempotency_mismatch"


class IdempotencyInProgress(DomainError):
    """The request of this name is still being answered."""

    code = "idempotency_in_progress"
