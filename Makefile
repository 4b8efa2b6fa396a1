# Jangbu: `make run` and `make test` are all that a fresh machine needs.
.DEFAULT_GOAL := help
.PHONY: help run test build format lint golden simulate soak fuzz fresh bench bench-large

help:      ## say what can be made
	@sed -n 's/^\([a-z-]*\):\( *\)## /  make \1\2/p' Makefile

run:       ## set up what is missing, then the demo books in the browser [BOOKS=file PORT=number]
	@Scripts/run.sh

test:      ## set up what is missing, then every test: format, Swift, API, browser
	@Scripts/test.sh

build:     ## build everything, tests too
	@Scripts/build.sh

format:    ## put the Swift sources into form
	swift format --in-place --recursive Sources Tests Benchmarks/Ours Package.swift

lint:      ## fail where `make format` would change something
	swift format lint --strict --recursive Sources Tests Benchmarks/Ours Package.swift

golden:    ## rewrite the golden files; then look at `git diff`
	@Scripts/golden.sh

simulate:  ## one random story against the books and a naive oracle [SEED=42]
	@Scripts/simulate.sh

soak:      ## `make test` with full counts: more random books, more requests
	@Scripts/soak.sh

fuzz:      ## random files at the readers of sheets, by libFuzzer [SECONDS=300 for each]
	@Scripts/fuzz.sh $(SECONDS)

bench:     ## Jangbu beside its peers at 8 and 1,000 funds, with the README's tables: half an hour
	@Scripts/bench.sh S M

bench-large: ## the same at 10,000 funds and 12.7 million entries too: hours, and 25 GiB
	@Scripts/bench.sh S M L

fresh:     ## `make test` from a clone in an empty folder, with an empty HOME
	@Scripts/fresh.sh test
