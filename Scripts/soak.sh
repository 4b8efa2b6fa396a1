#!/usr/bin/env bash
# Runs the suites with their full counts: more random books, longer stories, more requests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export JANGBU_SOAK=1
exec Scripts/test.sh
