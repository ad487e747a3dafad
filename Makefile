# Everything runs in .venv, which every target makes when it is missing. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check fmt bench peers mutants live-check migrate revision words lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(SET_UP) ## make .venv with the locked dependencies

$(SET_UP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(SET_UP) ## try it in the browser, with a pretend Slack and no account
	$(BIN)/retro demo

serve: $(SET_UP) ## run it for a real Slack workspace, from the environment
	$(BIN)/retro serve

test: check $(SET_UP) ## everything that CI runs: check, then every test on both databases
	$(BIN)/python -m tests.run

check: $(SET_UP) ## format, lint, strict types, import contracts, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell bot scheduling storage sandbox docs bench README.md CHANGELOG.md CONTRIBUTING.md

fmt: $(SET_UP) ## format the code and mend what can be mended
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(SET_UP) ## plans beside public schedulers, then start, memory and acknowledgement
	$(BIN)/python -m bench

peers: $(SET_UP) ## install the public schedulers for make bench (Java and tj3 are the system's)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock

mutants: $(SET_UP) ## break the engine in every small way: does a test notice? (a quarter of an hour)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutation.lock
	$(BIN)/python -m tests.scheduling.mutants

live-check: $(SET_UP) ## measure a real workspace: make live-check user=U0123 (needs SLACK_BOT_TOKEN)
	$(BIN)/python -m bench.live "$(user)"

migrate: $(SET_UP) ## bring the database of the environment up to date
	$(BIN)/retro db upgrade

revision: $(SET_UP) ## write the next migration: make revision m="why"
	$(BIN)/python -m storage.migrations "$(m)"

words: $(SET_UP) ## collect new sentences into the French catalogue, to be translated
	$(BIN)/pybabel -q extract -F babel.cfg -k say -k say_many:1,2 -k plain --no-location --sort-output --omit-header -o $(VENV)/retro.pot .
	$(BIN)/pybabel -q update -i $(VENV)/retro.pot -d bot/views/locale -D retro --no-fuzzy-matching --ignore-pot-creation-date

LOCK := uv pip compile -q --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock"

lock: ## choose the versions anew (needs uv)
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) --group pyproject.toml:build -o requirements-build.lock
	$(LOCK) --group pyproject.toml:bench -c requirements-dev.lock -o requirements-bench.lock
	$(LOCK) --group pyproject.toml:mutation -c requirements-dev.lock -o requirements-mutation.lock
