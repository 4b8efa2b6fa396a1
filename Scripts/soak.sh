#!/usr/bin/env bash
# Simulates story after story, each with a new seed, and stops at the first that fails.
#
#   MINUTES=number    how long (60 where left out)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh
minutes=${MINUTES:-60}

Scripts/setup.sh run
swift build --build-tests
stories=0
while ((SECONDS < minutes * 60)); do
  SEED=$((RANDOM * 32768 + RANDOM)) ALREADY_BUILT=1 Scripts/simulate.sh
  stories=$((stories + 1))
done
echo "$stories stories in $minutes minutes, none failed."
