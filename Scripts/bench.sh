#!/usr/bin/env bash
# Builds for release and compares Jangbu with its peers on the same data, in one run.
#
#   Scripts/bench.sh S M          the sizes; with L it takes hours and 25 GiB, most of it once
#   Scripts/bench.sh XS --rounds 2 --calls 4 --no-readme    to try the comparison itself
#
# Books and tables are kept in .build-bench from run to run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh
# What is asked on this machine goes to no proxy.
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost

Scripts/setup.sh bench
for product in jangbu jangbu-bench; do
  swift build -c release --scratch-path .build-release --product "$product"
done
exec .venv-bench/bin/python Benchmarks/bench "$@"
