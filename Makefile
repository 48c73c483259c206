PYTHON ?= python3
PORT ?= 8501
KILLS ?= 200
FUZZ ?= 60
BIN := .venv/bin
# Each worker has a core: threads within it would only wait for each other, and they use time for that.
ONE_THREAD := OPENBLAS_NUM_THREADS=1
PYTEST := $(ONE_THREAD) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
LONG := browser or wheel or long
INSTALLED := .venv/.installed
BENCHMARKS := start pages ingest capability_index quantile_bootstrap scurve_bootstrap arena_price_coverage
TESTS_INSTALLED := .venv/.installed-for-tests

# Tests start some hundred programs: each would compile all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run install test long check format lock docs calibrate kills fuzz soak growth bench look mutants clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install ## install, load the bundled data, start scheduler and dashboard
	@exec $(BIN)/hypecurve up --port $(PORT)

install: $(INSTALLED) ## only install, into .venv

test: $(TESTS_INSTALLED) ## install what tests need, run them, name the slowest (all but those of `make long`)
	$(PYTEST) -m "not ($(LONG))" --durations=20

long: $(TESTS_INSTALLED) ## the tests that drive a browser, install the wheel, kill machines (`.ci/run` runs them too)
	$(PYTEST) -m "$(LONG)" --durations=20

check: $(TESTS_INSTALLED) ## format, lint, types, import rules, what is installed against its hashes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit

format: $(TESTS_INSTALLED) ## format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: | .venv/bin/uv ## write requirements.lock anew from pyproject.toml, versions kept where they can be
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--extra team --group dev --group bench pyproject.toml --output-file requirements.lock

docs: $(INSTALLED) ## make the parts of the docs that come from the code
	$(BIN)/python -m docs.build

calibrate: $(TESTS_INSTALLED) ## the full calibration of the verdicts (some minutes; can be resumed)
	$(BIN)/python -m benchmarks.calibrate

kills: $(TESTS_INSTALLED) ## kill -9 at 200 random moments, then compare what is published (can be resumed)
	$(BIN)/python -m tests.faults.kills --moments $(KILLS)

fuzz: $(TESTS_INSTALLED) ## mutated payloads through every parser, for a minute
	$(BIN)/python -m tests.faults.fuzz --seconds $(FUZZ)

soak: $(TESTS_INSTALLED) ## half an hour with sources that change every few seconds, and readers
	$(BIN)/python -m tests.faults.soak --minutes 30

growth: $(TESTS_INSTALLED) ## a year of refreshes, simulated: the size of each store
	$(BIN)/python -m tests.faults.growth

bench: $(TESTS_INSTALLED) ## all benchmarks, as ratios
	for name in $(BENCHMARKS); do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

look: $(TESTS_INSTALLED) ## look at every page at five widths, light and dark (LOOKS=390-dark, LOOK=http://...)
	$(BIN)/python -m tests.browser.every_page $(if $(LOOKS),--looks $(LOOKS)) $(if $(LOOK),--address $(LOOK))

mutants: $(TESTS_INSTALLED) ## whether tests notice small changes to the code (an hour; can be resumed)
	$(BIN)/python -m benchmarks.mutants

clean: ## remove what was installed and made (never your data)
	rm -rf .venv .ci/out .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(INSTALLED): requirements.lock pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(TESTS_INSTALLED): $(INSTALLED)
	$(BIN)/python -m tests.install_browser
	$(BIN)/python -m tests.install_postgres
	@touch $@
