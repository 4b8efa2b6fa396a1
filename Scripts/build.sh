#!/usr/bin/env bash
# Builds everything, tests too; a module that imports another must say so in Package.swift.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh

Scripts/setup.sh run
swift build --build-tests --explicit-target-dependency-import-check error
