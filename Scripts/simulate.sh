#!/usr/bin/env bash
# Tells the books one random story and compares every figure with the naive oracle's.
#
#   SEED=number    the story; the same number is the same story everywhere (any, and said, where left out)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh
export JANGBU_SEED=${SEED:-$((RANDOM * 32768 + RANDOM))}
[[ $JANGBU_SEED =~ ^[0-9]+$ ]] || {
  echo "SEED is a whole number, not '$JANGBU_SEED'." >&2
  exit 2
}

[[ -n ${ALREADY_BUILT:-} ]] || {
  Scripts/setup.sh run
  swift build --build-tests
}
echo "Seed $JANGBU_SEED (again: make simulate SEED=$JANGBU_SEED)"
[[ $(swift test list --skip-build) == *Simulation* ]] || {
  echo "No test is called Simulation; nothing was simulated." >&2
  exit 1
}
swift test --skip-build --filter Simulation
