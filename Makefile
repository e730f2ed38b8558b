# Two commands are enough: `make run` and `make test`. `make help` lists the others.
# Each prepares what it needs by itself; running one again is quick.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
PORT ?= 8501
# Test files at a time; each worker has a server and a browser of its own.
WORKERS ?= 2

.PHONY: help setup run build check test soak bench screenshots lock clean

help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## make the virtual environment .venv with the pinned requirements
	@tools/setup.sh

run: build ## build the database and open the dashboard at http://localhost:8501
	@$(PY) -m streamlit run dashboard.py --server.port $(PORT)

build: setup ## build the database from data/*.csv
	@$(PY) -m etl build

check: setup ## check data/*.csv without publishing a database
	@$(PY) -m etl check

# One recipe line per test command: the path of the browser is handed over by the environment.
test: setup ## run every test: unit, data, app and browser
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile

soak: setup ## run the long tests: the server for many minutes, the slides in LibreOffice
	@command -v soffice >/dev/null && command -v pdftoppm >/dev/null || echo "The slides are left out; their test needs: \
	apt-get install -y --no-install-recommends libreoffice-impress poppler-utils fonts-liberation"
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m pytest -m soak

bench: build ## compare pages with a minimal app, the map with its ground, a turn with a switch; time the exports
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m bench.page_speed && $(PY) -m bench.map_smoothness \
		&& $(PY) -m bench.workshop && $(PY) -m bench.exports

screenshots: setup ## take the pictures of the README and the guide anew
	@CHROME_PATH="$$($(PY) -m tools.browser)" && export CHROME_PATH && $(PY) -m tools.screenshots

lock: setup ## write requirements.lock anew after a change of requirements.txt
	@tools/lock.sh

clean: ## remove what the commands made: .venv, databases, caches
	@rm -rf .venv data/build bench/results .pytest_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
