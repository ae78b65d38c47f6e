# `make demo` and `make test` start from a bare Python (3.11 or later) and set up .venv by themselves.
# The stamps make the second call quick; they are renewed when pyproject.toml changes.

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := .venv/bin
DEMO := results/demo

.DEFAULT_GOAL := help
.PHONY: help demo picture test lint docs wheel clean

help:
	@echo "make demo   fly the HTV berthing case 200 times, print the verdict, draw the figures"
	@echo "make picture renew docs/approach.png, the corridor of the demo"
	@echo "make test   run the tests"
	@echo "make lint   ruff, mypy, the layers"
	@echo "make docs   build the documentation into docs/_build/html"
	@echo "make wheel  build the wheel and try it in an empty environment"
	@echo "make clean  remove .venv and everything built"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "rvd needs Python 3.11 or later: make PYTHON=/path/to/python3.12 ..." >&2; exit 2; }
	@# A half-made environment must not look like a whole one to the next call.
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 2; }

# The extras are installed only where they are needed: the demo is what a user gets.
.venv/core.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/test.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/core.stamp

.venv/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,dev,docs]'
	@touch $@ .venv/test.stamp .venv/core.stamp

# Exit code 3 says that 200 runs decide nothing yet about 0.9973: a verdict, not a failure. Any other is one.
# The demo's own folder is flown anew each time, so that an edited source never meets yesterday's rows.
demo: .venv/core.stamp
	@rm -rf $(DEMO)
	@$(BIN)/rvd campaign cases/htv_berthing.toml --runs 200 --out $(DEMO) || test $$? -eq 3
	@$(BIN)/rvd report $(DEMO) || test $$? -eq 3
	@echo
	@echo "Figures and tables of the demo:"
	@find $(DEMO) -type f \( -name '*.png' -o -name '*.svg' -o -name '*.pdf' -o -name '*.html' \) | sort | sed 's/^/  /'

picture: demo
	cp $(DEMO)/figures/corridor.png docs/approach.png

# Test files are shared out among processes, each file to one.
test: .venv/test.stamp
	$(BIN)/python -m pytest -n logical --maxprocesses 8 --dist loadfile

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/dev.stamp
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

wheel: .venv/dev.stamp
	.ci/try_wheel $(BIN)/python

clean:
	rm -rf .venv build dist docs/_build docs/_generated docs/reference/api
