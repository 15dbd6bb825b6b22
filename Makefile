# Every target does all of its own set-up: a bare clone, Python >= 3.11, make and git are enough.
#   make lab     open the lessons in JupyterLab            make test      what every change must pass: minutes
#   make grade   grade a sample class, show the table      make thorough  the rest of the tests; CI runs both
#   make build   masters -> lessons, reference, cases      make clean     remove environment and sample class
PYTHON ?= python3
VENV := .venv
CLASSROOM ?= classroom
BIN := $(VENV)/bin
TESTS := $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
# nbgrader starts `alembic` by its bare name: the environment's programs must be found first.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: lab grade test build clean setup system
.DEFAULT_GOAL := help

.PHONY: help
help:
	@sed -n '2,4s/^#  //p' Makefile

# torch first and on its own: asked for together with others, some indexes answer with gigabytes of CUDA libraries.
# On Linux without a GPU, TORCH_INDEX=--index-url=... chooses the CPU build. The rest by uv, which takes seconds where
# pip takes minutes; but a mirror may be known to pip alone. Byte code at the end, by all processors together; some
# packages hold files that are no Python, which is nobody's fault here.
$(VENV)/ready: pyproject.toml constraints.txt .ci/left-out.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed: make PYTHON=python3.12 ...' >&2; exit 3; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile torch==2.13.0 $(TORCH_INDEX)
	$(BIN)/python -m pip install --quiet --no-compile -c constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt --excludes .ci/left-out.txt -e '.[test]' || \
	  $(BIN)/python -m pip install --quiet --no-compile -c constraints.txt -e '.[test]'
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true
	@touch $@

setup: $(VENV)/ready

# bubblewrap (the sandbox) and Chromium (the browser tests) are not Python packages.
system:
	@sh .ci/system-packages bwrap chromium

# Without a screen JupyterLab serves and prints its address; as root it must be told that this is meant.
lab: setup
	@options=''; \
	if [ "$$(uname)" != Darwin ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then options='--no-browser'; \
	  echo 'No screen here: JupyterLab serves; open the address it prints below.'; fi; \
	if [ "$$(id -u)" = 0 ]; then options="$$options --allow-root"; fi; \
	exec $(BIN)/jupyter lab $$options $(LAB_OPTIONS) --notebook-dir=lessons --LabApp.default_url=/lab/tree/00_welcome/00_welcome.ipynb

grade: setup
	@sh .ci/system-packages bwrap
	@test -d $(CLASSROOM)/submitted || $(BIN)/autograder sample-class $(CLASSROOM) $(if $(STUDENTS),--students $(STUDENTS))
	$(BIN)/autograder grade --classroom $(CLASSROOM)
	@echo 'Feedback pages: $(CLASSROOM)/feedback/<student>/<lesson>/   Gradebook: $(CLASSROOM)/gradebook.db'

build: setup
	$(BIN)/autograder build

test: setup system
	$(BIN)/ruff check .
	$(BIN)/autograder build --check
	$(TESTS) -m 'not thorough' $(PYTEST_OPTIONS)

# What takes long because it is complete: the whole gallery, kill tables and notebooks of all lessons, the browser.
.PHONY: thorough
thorough: setup system
	$(TESTS) -m thorough $(PYTEST_OPTIONS)

# Which mistakes and mechanical changes the hidden cases notice, and what the judge calls them.
.PHONY: kill-table
kill-table: setup
	$(BIN)/python -m autograder.analysis

# The hostile gallery in all three orders: forwards, backwards, in parallel.
.PHONY: gallery
gallery: setup system
	GALLERY=all $(BIN)/python -m pytest tests/hostile

# Every lesson taken in JupyterLab by a learner, with the experiments; pictures in `screenshots`.
.PHONY: browser
browser: setup system
	BROWSER=all SCREENSHOTS=screenshots $(BIN)/python -m pytest tests/browser

clean:
	rm -rf $(VENV) $(CLASSROOM) screenshots *.egg-info .pytest_cache .ruff_cache .hypothesis
