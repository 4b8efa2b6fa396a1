#!/usr/bin/env bash
# Sets up, then runs every suite. A failed suite does not stop the ones after it; a failed build does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh
exec </dev/null
export JANGBU_STRICT=1 # Package.swift: warnings in our own targets are errors
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost

summary=()
failed=0

suite() {
  local name=$1 start=$SECONDS verdict=passed
  shift
  printf '\n== %s\n' "$name"
  "$@" || {
    verdict=FAILED
    failed=1
  }
  summary+=("$(printf '%-8s %s (%d s)' "$verdict" "$name" $((SECONDS - start)))")
  printf '== %s\n' "${summary[-1]}"
  [[ $verdict == passed ]]
}

finish() {
  printf '\n'
  printf '%s\n' "${summary[@]}"
  if ((failed)); then
    echo "Something failed; see above."
  else
    echo "All passed."
  fi
  exit "$failed"
}

pytest=(.venv/bin/python -m pytest -c Tests/pytest.ini)
# On two workers: each has its own servers, browser and temporary folders. A worker goes through its tests
# in the order of the files, so that what a file sets up is set up once, and takes some of the other's when
# it has none left.
on_two=("${pytest[@]}" --numprocesses 2 --dist worksteal)

suite "set-up" Scripts/setup.sh test || finish
suite "format" swift format lint --strict --recursive Sources Tests Benchmarks/Ours Package.swift || true
suite "build, warnings as errors" \
  swift build --build-tests --explicit-target-dependency-import-check error || finish
suite "Swift tests" swift test --skip-build || true
suite "anywhere, any day" Scripts/anywhere.sh || true
suite "fuzz, briefly" Scripts/fuzz.sh 3 || true
suite "API tests" "${pytest[@]}" Tests/API || true
suite "reliability tests" "${pytest[@]}" Tests/Reliability || true
suite "browser tests" "${on_two[@]}" Tests/Browser || true
finish
