# Tizilim. `make` alone lists what it can do; scripts/dev.py does it.
PYTHON ?= python3
PORT ?= 8000
N ?= 100000
export ARGS  # words for pytest or the benchmarks, read from the environment: no quoting on the way
DEV = exec $(PYTHON) scripts/dev.py

.DEFAULT_GOAL := help
.PHONY: help run test check fix services bench lock

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## the product with demo data, until Ctrl-C (PORT=8000)
	@$(DEV) run --port $(PORT)

test: ## all tests, browser journeys included (ARGS="tests/law -k bin")
	@$(DEV) test

check: ## lint, types, imports, migrations, settings, API schema, docs
	@$(DEV) check

fix: ## mend what lint and format can mend
	@$(DEV) fix

services: ## PostgreSQL and Redis only, kept running; writes .data/env (STOP=1 ends them)
	@$(DEV) services $(if $(STOP),--stop)

bench: ## benchmarks against the limit (N=1000000)
	@$(DEV) bench --n $(N)

lock: ## compile requirements*.in with hashes (UPGRADE=1 takes newer versions)
	@$(DEV) lock $(if $(UPGRADE),--upgrade)
