"""What was booked in a frame is shown there, its file too; what was booked before it, is not."""

import pytest

from dimoslive.cookies import frame_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.errors import NotFound
from dimoslive.services.embed.find_framed import find_framed
from dimoslive.services.embed.show_confirmation import show_confirmation
from tests.http.embed.frames import OURS
from tests.http.site import Site
from tests.support.meeting import frame_token
from tests.support.world import Town


def framed_in(town: Town) -> tuple[str, object]:
    token = frame_token(town)
    return token, find_framed(town.context, town.municipality.slug, session="", frame=token)


async def test_the_file_of_what_was_just_booked_is_given_once_it_is(site: Site) -> None:
    before = site.town.a_booking("2026-11-24 09:00", service=site.town.another_service(name_el="Ληξιαρχείο"))
    site.town.clock.advance(minutes=1)
    browser, (token, _) = site.browser(), framed_in(site.town)
    browser.cookies.set(frame_cookie_name(site.context.public_url), token)
    booked = site.town.a_booking("2026-11-24 10:00")
    answers = [
        await browser.get("/embed/calendar.ics", params={"m": "kavala", "reference": one.reference}, headers=OURS)
        for one in (booked, before)
    ]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0].headers["Content-Disposition"] == f'attachment; filename="mydimoslive-{booked.reference}.ics"'


def test_a_booking_is_news_once_and_a_private_service_has_no_name(town: Town) -> None:
    _, principal = framed_in(town)
    booked = town.a_booking("2026-11-24 10:00")
    first, again = (show_confirmation(town.context, principal, booked.reference) for _ in range(2))  # type: ignore[arg-type]  # a citizen
    assert (first.is_news, again.is_news) == (True, False)
    assert first.service_slug == town.service.slug
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_sensitive = True
    assert show_confirmation(town.context, principal, booked.reference).service_slug == ""  # type: ignore[arg-type]  # a citizen


def test_a_booking_of_somebody_else_is_as_unknown_as_none(town: Town) -> None:
    _, principal = framed_in(town)
    other = town.a_booking("2026-11-24 10:00", by=town.citizen())
    for reference in (other.reference, "AAAA1111", ""):
        with pytest.raises(NotFound):
            show_confirmation(town.context, principal, reference)  # type: ignore[arg-type]  # a citizen


def test_it_leads_to_the_waiting_list_where_there_is_one(town: Town) -> None:
    _, principal = framed_in(town)
    booked = town.a_booking("2026-12-01 10:00")
    for has_list in (True, False):
        with transaction(town.context.db) as tx:
            tx.get_one(ServiceRow, town.service.id).has_waiting_list = has_list
        assert show_confirmation(town.context, principal, booked.reference).can_wait is has_list  # type: ignore[arg-type]  # a citizen
