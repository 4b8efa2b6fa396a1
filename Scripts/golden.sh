#!/usr/bin/env bash
# Rewrites the golden files: tests that compare with one write it instead when JANGBU_GOLDEN=write.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh

Scripts/setup.sh run
export JANGBU_GOLDEN="write"
swift test
git --no-pager diff --stat -- Tests Examples
