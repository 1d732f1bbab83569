"""``python -m tests.browser.serve_built``: what `reflex run --env prod` does once the site is built."""

from reflex.constants import Env
from reflex.utils.exec import run_backend_prod
from reflex_base.config import get_config
from reflex_base.environment import environment

if __name__ == "__main__":
    config = get_config()
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    run_backend_prod(
        config.backend_host,
        config.backend_port or 0,
        config.loglevel.subprocess_level(),
        mount_frontend_compiled_app=True,
    )
