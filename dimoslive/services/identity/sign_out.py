"""End a session."""

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import end_session


def sign_out(context: AppContext, session_token: str) -> str:
    """End the session; returns where to send the browser to end the provider's own."""
    with transaction(context.db) as tx:
        end_session(tx, token_hash(session_token))
    return context.identity.logout_url(context.public_url + "/")
