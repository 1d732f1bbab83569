"""Greek on a page in another language."""

from collections.abc import Iterable

from playwright.sync_api import Page

# Greek that is not marked as such, in what is read or read out. Laws are cited as their gazette is.
_UNMARKED_GREEK = """() => {
    const greek = /[\\u0370-\\u03ff\\u1f00-\\u1fff]/;
    const isMarked = element => element.closest("[lang]")?.lang === "el";
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const {parentElement: parent} = texts.currentNode;
        const data = texts.currentNode.data.replace(/ΕΞ|[ΑΒ]΄/g, "");
        if (greek.test(data) && !parent.closest("script, style, pre") && !isMarked(parent)) found.push(data);
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [alt], [placeholder], input[value]"))
        for (const name of ["aria-label", "title", "alt", "placeholder", "value"]) {
            const text = element.getAttribute(name) || "";
            if (greek.test(text) && !isMarked(element)) found.push(`${name}: ${text}`);
        }
    return greek.test(document.title) ? [...found, document.title] : found;
}"""


def unmarked_greek(page: Page, places: Iterable[str]) -> list[str]:
    """Greek words on English pages, and pages that do not say that they are English."""
    found = []
    for place in places:
        if place == "mailbox":
            continue  # other people's mails are in their language
        found += [f"{place}: {text}" for text in page.evaluate(_UNMARKED_GREEK)]
        if page.locator("html").get_attribute("lang") != "en":
            found.append(f"{place}: the document does not say that it is English")
    return found
