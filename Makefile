# Every target does its own set-up. `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Some machines switch the cache of compiled code off: each of hundreds of processes would compile every library anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv/bin
STEP := $(VENV)/python -m tools.step
LOCK := $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-header --no-emit-index-url --no-emit-find-links $(if $(upgrade),--upgrade)

# Variables that a person may pass: `make demo port=8001 cases=50`, `make test fast=1 T=tests/vault`.
dir = demo
T = tests
workers = 2
# No test cuts the power, so the private server need not wait for the disk; `fsync=on` makes it.
fsync = off

DEMO_OPTIONS := --dir $(dir) $(if $(port),--port $(port)) $(if $(cases),--cases $(cases)) $(if $(seed),--seed $(seed))
# The order of the files is ours: those that take long begin.
PYTEST := pytest -n $(workers) --dist loadfile --no-loadscope-reorder
# A limited path may hold no test for one of the databases; the whole suite must never be empty.
MAY_BE_EMPTY := $(if $(filter-out tests,$(T)),--may-be-empty)

# Both databases ask for everything where one of these is given.
WHOLE := $(fast)$(both)$(filter-out tests,$(T))

##@ Use it
.PHONY: setup demo run
setup: ## Make .venv with what Amparo needs to run
	@$(PYTHON) -m tools.setup run

demo: setup ## Fill a demo instance and serve it (dir= port= cases= seed=)
	@$(VENV)/amparo demo $(DEMO_OPTIONS)

run: setup ## Serve the demo instance that is there (dir= port=)
	@$(VENV)/amparo serve --dir $(dir) $(if $(port),--port $(port))

##@ Work on it
.PHONY: setup-dev format check test faults bench
setup-dev: ## Make .venv with the tools for development too
	@$(PYTHON) -m tools.setup $(if $(fast),fast,test)

format: setup-dev ## Write the code in the house's format
	@$(VENV)/ruff check --fix --exit-zero --quiet .
	@$(VENV)/ruff format .

check: setup-dev ## Format, lint, types, floors, migrations; no tests
	@$(STEP) "format" ruff format --check .
	@$(STEP) "lint" ruff check .
	@$(STEP) "types" mypy --strict src tools
	@$(STEP) "floors" lint-imports
	@$(STEP) "migrations" python -m amparo.config.manage makemigrations --check --dry-run

test: check ## Everything that must hold (fast=1: no browser, no PostgreSQL; both=1; T=path)
ifndef fast
	@# What touches no database says the same on both, and is asked once.
	@AMPARO_TEST_FSYNC=$(fsync) $(STEP) $(MAY_BE_EMPTY) "tests on PostgreSQL" python -m tests.postgres run -- \
		$(PYTEST) -m "(django_db or postgresql) and not browser and not sqlite_only and not long" $(T)
	@$(STEP) $(MAY_BE_EMPTY) "tests in the browser" $(PYTEST) -m browser $(patsubst tests,tests/browser,$(T))
endif
	@# Rooms and pages are asked on PostgreSQL by their tests, on SQLite by the browser, the policy's walk and the
	@# synthetic organisation; with both=1, as CI has it, on SQLite by their tests too.
	@$(STEP) --last "tests on SQLite" $(PYTEST) -m "not browser and not long$(if $(WHOLE),, and (not once or sqlite_only))" $(T)

faults: setup-dev ## Only the tests that kill, fill and corrupt
	@AMPARO_TEST_FSYNC=$(fsync) $(STEP) --may-be-empty "faults on PostgreSQL" python -m tests.postgres run -- \
		pytest -m "faults and (postgresql or django_db)" $(T)
	@$(STEP) --last "faults on SQLite" pytest -m faults $(T)

bench: setup-dev ## Measure speed and size
	@$(VENV)/python -m bench

##@ Make things
.PHONY: docs messages wheel lock clean help
docs: setup-dev ## Write docs/reference again from the code
	@$(VENV)/python -m tools.reference

messages: setup-dev ## Collect the strings for translators and compile the catalogues
	@cd src/amparo && ../../$(VENV)/python -m amparo.config.manage makemessages \
		--locale ar --no-wrap --add-location file
	@cd src/amparo && ../../$(VENV)/python -m amparo.config.manage compilemessages

wheel: setup-dev ## Build the wheel into dist/
	@$(VENV)/python -m hatchling build -t wheel -d dist

lock: setup-dev ## Write the locks again (upgrade=1: newest versions)
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --group dev --output-file requirements-dev.lock pyproject.toml
	@grep -Eo '^uv==[^ ]+' requirements-dev.lock | $(LOCK) --output-file requirements-uv.lock -

clean: ## Remove caches and builds; .venv and the demo stay
	@rm -rf dist build test-results .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
