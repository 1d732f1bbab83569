"""What axe finds on a page."""

import json
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it brings none
from playwright.sync_api import Frame, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
_AXE = Axe().axe_script
_RUN = f"axe.run(document, {json.dumps(OPTIONS)}).then(found => found.violations)"


def barriers(page: Page | Frame, places: Iterable[str]) -> list[str]:
    """What is wrong, with the place, the rule and the elements."""
    found = []
    for place in places:
        # With another font lines have another height.
        page.evaluate("document.fonts.ready.then(() => true)")
        # Each place may be another state of the same document.
        if not page.evaluate("'axe' in window"):
            page.evaluate(_AXE)
        for rule in page.evaluate(_RUN):
            elements = [node["html"][:200] for node in rule["nodes"][:4]]
            found.append(f"{place}: {rule['id']} ({rule['help']}): {elements}")
    return found
