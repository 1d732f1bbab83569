# `make run` and `make test` do everything that they need; `make help` lists the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The first Python that is new enough.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)
BIN := .venv/bin
# The tools of the browser's code run in its folder.
FRONTEND := cd frontend && node_modules/.bin
# Instant of `make test-at`.
AT ?= 2026-12-31 23:58

# Node comes with the requirements, into the environment's own folder.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Without this Reflex downloads another JavaScript runtime.
export REFLEX_USE_NPM := 1
export REFLEX_TELEMETRY_ENABLED := false
export REFLEX_CHECK_LATEST_VERSION := false
export NPM_CONFIG_AUDIT := false
export NPM_CONFIG_FUND := false
export NPM_CONFIG_UPDATE_NOTIFIER := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, each worker of the tests compiles all of them anew, every time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# ---- use ----

.PHONY: run
run: migrate seed ## Set up if needed, then build and serve at http://localhost:3000 (DIMOSLIVE_PORT for another port)
	$(BIN)/reflex run --env prod

.PHONY: migrate
migrate: .make/run ## Bring the database of DIMOSLIVE_DATABASE_URL to the newest form
	$(BIN)/alembic upgrade head

.PHONY: seed
seed: migrate ## Fill an empty database with demo data, and give today a living town hall
	$(BIN)/python -m dimoslive.seeds

.PHONY: demo
demo: seed ## The same, while the site runs: a fresh demo day, if today has none yet

.PHONY: demo-reset
demo-reset: migrate ## Remove what the demo made, and make it anew for this hour; what people made stays
	$(BIN)/python -m dimoslive.seeds anew

# ---- check ----

.PHONY: test
test: chromium turnserver redis-server site lint types units ## Everything: linters, types, all tests, those in a browser last
	$(BIN)/pytest --hypothesis-profile=ci -n 2 --ignore=tests/browser
	$(BIN)/pytest -n 2 --dist loadgroup tests/browser

# What the stories walk through, beside what comes before them; they wait for it, and build it themselves if this fails.
.PHONY: site
site: .make/dev .make/frontend
	@$(BIN)/python -m tests.browser.site > .make/site.log 2>&1 &

.PHONY: test-at
test-at: chromium turnserver redis-server ## All tests as if it were AT='2026-12-31 23:58' in Greece
	$(BIN)/python -m tools.run_at '$(AT)' $(BIN)/pytest --hypothesis-profile=ci -n 2 --ignore=tests/browser
	$(BIN)/python -m tools.run_at '$(AT)' $(BIN)/pytest -n 2 --dist loadgroup tests/browser

.PHONY: quick
quick: lint types units ## Linters, types and the fast tests of the rules: neither services nor pages
	$(BIN)/pytest --hypothesis-profile=ci -n 2 -m "not slow" $(addprefix tests/,architecture db domain i18n laws)

.PHONY: lint
lint: .make/dev .make/frontend ## Format, lint rules, who may import whom
	$(BIN)/ruff format --check --output-format=concise .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(FRONTEND)/biome ci
	$(BIN)/node frontend/build_embed.mjs --check

.PHONY: types
types: .make/dev .make/frontend ## Types
	$(BIN)/mypy
	$(FRONTEND)/tsc

.PHONY: units
units: .make/frontend ## Unit tests of the browser's code
	$(FRONTEND)/vitest run

.PHONY: format
format: .make/dev .make/frontend ## Format the code and apply the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(FRONTEND)/biome check --write

.PHONY: embed
embed: .make/frontend ## Build anew the scripts of the embedding, assets/embed*.js
	$(BIN)/node frontend/build_embed.mjs

.PHONY: protocol
protocol: .make/dev ## Write the browser's types of the meeting's wire anew
	$(BIN)/python -m tools.protocol_types

.PHONY: openapi
openapi: .make/dev ## Write the API's document anew, unless that would break what was published
	$(BIN)/python -m tools.openapi_document

.PHONY: fuzz
fuzz: .make/dev ## Ask the API for some minutes all that its document allows, and what it does not
	$(BIN)/pytest --hypothesis-profile=fuzz tests/http/public_v1/test_as_described.py

.PHONY: bench
bench: .make/dev ## Measure what is promised about speed
	$(BIN)/python -m benchmarks

.PHONY: screenshots
screenshots: chromium ## Take a picture of every page
	$(BIN)/python -m tests.browser.screenshots
	$(BIN)/python -m tests.browser.admin_screenshots

# ---- set up ----

.PHONY: setup
setup: .make/dev frontend ## Install all that running and testing need, except the browser

.PHONY: frontend
frontend: .make/frontend ## Install the tools of the browser's code, which running does not need

.PHONY: redis-server
redis-server: .make/dev
	$(BIN)/python -m tools.redis_server

.PHONY: turnserver
turnserver: .make/dev
	$(BIN)/python -m tools.turnserver

.PHONY: chromium
chromium: .make/dev
	$(BIN)/python -m tools.chromium

.PHONY: pin
pin: .make/dev ## Rewrite the second half of the requirements files from what is installed
	$(BIN)/python tools/pin.py requirements.txt requirements-dev.txt

.PHONY: clean
clean: ## Remove what was installed, built and cached; databases, mail and .env stay
	rm -rf .make .venv frontend/node_modules .web .states .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.make/run: requirements.txt .venv/pyvenv.cfg
	$(BIN)/python -m pip install -r requirements.txt
	@mkdir -p .make && touch $@

.make/dev: requirements-dev.txt .make/run
	$(BIN)/python -m pip install -r requirements-dev.txt
	@mkdir -p .make && touch $@

.make/frontend: frontend/package.json frontend/package-lock.json frontend/.npmrc .make/run
	$(BIN)/npm ci --prefix frontend
	@touch $@
