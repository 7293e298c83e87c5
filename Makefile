# The recipes, for people and for CI alike. `make` alone lists them.
# PYTHON is the Python that .venv is made from; WORKERS is how many processes run the tests.
PYTHON ?= python3
WORKERS ?= 2
# Wherever it is forbidden, it is allowed here: the tests start the program hundreds of times, and would compile it each time.
export PYTHONDONTWRITEBYTECODE =

# Who has nothing left to do takes over from the others: some tests take a hundred times as long as most.
PARALLEL = -n $(WORKERS) --dist worksteal
INSTALL = .venv/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r
COMPILE = UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

.PHONY: help site serve test lint bench bench-search docs client shots guide accept prove lock clean

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

site: .venv/runtime  ## build the site into output/
	.venv/bin/python build.py

serve: .venv/runtime  ## show the site on this machine, drafts as well, and follow every change
	.venv/bin/python build.py serve

test: .venv/dev  ## run the whole test suite
	.venv/bin/python tests/get_browser.py
	.venv/bin/python tests/get_judges.py
	.venv/bin/python -m pytest $(PARALLEL)

lint: .venv/dev  ## check style, types and floors
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/dev  ## measure the build
	.venv/bin/python -m benchmarks.bench

bench-search: .venv/dev  ## measure the index of search
	.venv/bin/python -m benchmarks.search

docs: .venv/dev  ## write the generated pages of docs/ anew
	.venv/bin/python -m docs.messages
	.venv/bin/python -m docs.findings
	.venv/bin/python -m docs.make

client: .venv/dev  ## make the search client's one file of the modules in gongbao/client/
	.venv/bin/python -m tests.make_client

shots: .venv/dev  ## photograph every kind of page for the contact sheets in docs/
	.venv/bin/python tests/get_browser.py
	.venv/bin/python -m tests.shots

guide: .venv/dev  ## take the pictures of the editors' guide anew
	.venv/bin/python tests/get_browser.py
	.venv/bin/python -m tests.guide

accept: .venv/dev  ## take what the engine writes now as the expected files of the tests, for review
	.venv/bin/python tests/get_browser.py
	GONGBAO_ACCEPT=1 .venv/bin/python -m pytest $(PARALLEL)

prove: .venv/dev  ## run every test at full count, then write docs/proof.md
	.venv/bin/python tests/get_browser.py
	.venv/bin/python tests/get_judges.py --slow
	GONGBAO_PROVE=1 .venv/bin/python -m pytest $(PARALLEL) -o faulthandler_timeout=0
	GONGBAO_PROVE=1 .venv/bin/python -m tests.prove

lock: .venv/dev  ## write the lock files anew from pyproject.toml (make lock UPGRADE=--upgrade raises versions)
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove what builds and tests made (.venv stays)
	rm -rf output .gongbao dist shots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

# Made from nothing when the runtime lock changes, so that no package is left that the lock does not name.
.venv/runtime: requirements.lock
	.ci/venv "$(PYTHON)"
	$(INSTALL) requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock .venv/runtime
	$(INSTALL) requirements-dev.lock
	@touch $@
