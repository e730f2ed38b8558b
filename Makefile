# Two commands are enough: `make run` and `make test`. `make help` lists the others.
# Each prepares what it needs by itself; running one again is quick.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
PY := $(BIN)/python
PORT ?= 8501
# Test files at a time; each worker has a server and a browser of its own. One more than two cores, because a worker waits
# now and then for its server and its browser.
WORKERS ?= 3
# In the order of their names, files of a few long tests do not come last, when the other workers have nothing left.
PYTEST_IN_PARALLEL := -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
# Options for uv when the lock is written; `make lock UPGRADE=--upgrade` takes the newest indirect packages.
UPGRADE ?=

.PHONY: help setup setup-dev run serve replace present build check data-check format test-fast test approve soak test-cluster bench screenshots lock sbom audit clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## make .venv with what the dashboard needs
	@tools/setup.sh

setup-dev: ## make .venv with the tools of tests and checks as well
	@tools/setup.sh dev

run: build ## build the database and open the dashboard at http://localhost:8501
	@$(PY) -m streamlit run asgi.py --server.port $(PORT)

serve: build ## serve with several processes behind nginx; docs/deployment.md has the settings
	@exec $(PY) -m tools.serve

replace: setup ## replace the processes of a running `make serve` one after another, after an upgrade
	@$(PY) -m tools.serve replace

present: build ## open the dashboard for a room: phones reach it by the code on the last slide
	@$(PY) -m tools.present --port $(PORT) $(if $(ADDRESS),--address $(ADDRESS))

build: setup ## build the database from data/*.csv
	@$(PY) -m etl build

# All four run, so that one round shows everything there is to fix.
check: setup-dev ## check the code: lint, format, types, layers
	@failed=; \
	$(BIN)/ruff check || failed=1; \
	$(BIN)/ruff format --check || failed=1; \
	$(BIN)/mypy || failed=1; \
	$(BIN)/lint-imports || failed=1; \
	test -z "$$failed"

data-check: setup ## check data/*.csv without publishing a database
	@$(PY) -m etl check

format: setup-dev ## format the code and fix what ruff can fix by itself
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format

test-fast: setup-dev ## run the tests of data, figures and files alone, without pages: about two minutes
	@$(PY) $(PYTEST_IN_PARALLEL) -m "not app and not browser and not slow and not soak and not cluster"

# One recipe line per test command: the path of the browser is handed over by the environment.
test: setup-dev ## run every test but those of soak and test-cluster: unit, data, app and browser
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) $(PYTEST_IN_PARALLEL)

approve: setup-dev ## write tests/approved anew: what readers see, to be read as a diff before it is committed
	@$(PY) -m pytest --approve --quiet
	@git --no-pager diff --stat -- tests/approved

soak: setup-dev ## run the long tests, what `make test` samples in full: killed builds, damaged inputs, many readers, slides
	@command -v soffice >/dev/null && command -v pdftoppm >/dev/null || echo "The slides are left out; their test needs: \
	apt-get install -y --no-install-recommends libreoffice-impress poppler-utils fonts-liberation"
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH RELIABILITY=1 && $(PY) -m pytest -m soak \
		&& $(PY) -m bench.load --readers 50 --readers 200 --seconds 600 --write

test-cluster: setup-dev ## run the tests of several processes and machines; nginx is installed where they may, PostgreSQL is not
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo "The lake is left out; its tests need: \
	apt-get install -y postgresql"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-lake.lock
	@$(PY) -m tools.serve install && CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH RELIABILITY=1 \
		&& $(PY) -m pytest -m cluster

bench: setup-dev build ## measure the time of pages, map, workshop mode and exports
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m bench.page_speed && $(PY) -m bench.dash_speed && $(PY) -m bench.map_smoothness \
		&& $(PY) -m bench.workshop && $(PY) -m bench.exports

screenshots: setup-dev ## take the pictures of the README and the guide anew
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m tools.screenshots

lock: setup-dev ## write requirements*.txt and the lock files from pyproject.toml
	@$(PY) -m tools.lock $(UPGRADE)
	@tools/setup.sh dev

sbom: setup-dev ## write sbom.cdx.json: the packages that the dashboard runs with, as CycloneDX
	@$(PY) -m tools.supply sbom

audit: setup-dev ## ask PyPI which of these packages have known vulnerabilities
	@$(PY) -m tools.supply audit

clean: ## remove what the commands made: .venv, databases, caches
	@rm -rf .venv data/build bench/results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
