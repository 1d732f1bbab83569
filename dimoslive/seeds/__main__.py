"""``python -m dimoslive.seeds``: the municipalities, and in development demo data; a second run changes nothing."""

import sys

from dimoslive.bootstrap import build
from dimoslive.db.engine import transaction
from dimoslive.seeds.demo import seed_demo
from dimoslive.seeds.municipalities import seed_municipalities
from dimoslive.settings import load_settings


def main() -> None:
    """Fill the database of the settings."""
    settings = load_settings()
    context = build(settings)
    with transaction(context.db) as tx:
        added = seed_municipalities(tx)
        tx.flush()
        has_demo = not settings.is_production and seed_demo(tx, context.clock.now(), context.seal)
    sys.stdout.write(f"{added} municipalities added{', with demo data' if has_demo else ''}\n")


main()
