#!/usr/bin/env bash
# Rewrites the golden files: tests that compare with one write it instead when UPDATE_GOLDEN=1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh

Scripts/setup.sh run
export UPDATE_GOLDEN=1
swift test
git --no-pager diff --stat -- Tests Examples
