"""The app: one page per route and language, the API beside them, the jobs behind them."""

from functools import partial

import reflex as rx
from starlette.types import ASGIApp

from dimoslive.bootstrap import build
from dimoslive.http.app import EMBEDDED, make_api
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.middleware.request_size import RequestSizeMiddleware
from dimoslive.http.middleware.response_headers import ResponseHeadersMiddleware
from dimoslive.http.middleware.trailing_slash import TrailingSlashMiddleware
from dimoslive.http.public_v1.app import ApiFirst, make_public_api
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.integrations.log import keep_log_clean
from dimoslive.jobs.runner import run_jobs
from dimoslive.settings import load_settings
from dimoslive.ui.pages import PAGES, not_found_page
from dimoslive.ui.shared.call import configure
from dimoslive.ui.shared.catalogue_changes import hear_catalogue_changes
from dimoslive.ui.shared.event_namespace import watch_events

keep_log_clean()
settings = load_settings()
context = build(settings)
configure(context)
frames = FramesKnown(context)

ROUTES = [page.route_in(language) for language in LANGUAGES for page in PAGES]


class App(rx.App):
    """The pages, and before them the API: what Reflex puts around its own answers would be around the API's too."""

    def __call__(self) -> ASGIApp:
        """The whole site."""
        return ApiFirst(super().__call__(), make_public_api(context, settings))


app = App(
    html_lang="el",
    stylesheets=["/css/fonts.css", "/css/digigov.css", "/css/site.css", "/css/meeting.css"],
    reset_style=False,
    head_components=[
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.script(src="/page.js"),
    ],
    app_wraps={},
    toaster=None,
    # From the inside out: what is refused for its size carries the headers too.
    api_transformer=[
        make_api(context, settings, frames),
        partial(TrailingSlashMiddleware, pages=set(ROUTES).difference(EMBEDDED)),
        RequestSizeMiddleware,
        partial(ResponseHeadersMiddleware, settings=settings, frames=frames),
    ],
)
watch_events(app, settings.trusted_proxies)
for language in LANGUAGES:
    for page in PAGES:
        t = texts_of(language)
        app.add_page(
            page.build(t, settings),
            route=page.route_in(language),
            title=page.title_on(t),
            description=t("front.lede"),
            on_load=list(page.on_load),
        )
app.add_page(not_found_page(), route="404", title=texts_of("el")("not_found.title"))
app.register_lifespan_task(run_jobs, context=context)
app.register_lifespan_task(hear_catalogue_changes, context=context, forget=frames.forget)
