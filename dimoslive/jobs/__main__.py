"""``python -m dimoslive.jobs``: the jobs in a process of their own."""

import asyncio

from dimoslive.bootstrap import build
from dimoslive.integrations.log import keep_log_clean
from dimoslive.jobs.runner import run_jobs
from dimoslive.settings import load_settings

keep_log_clean()
asyncio.run(run_jobs(build(load_settings())))
