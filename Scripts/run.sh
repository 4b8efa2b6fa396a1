#!/usr/bin/env bash
# Sets up, builds, makes the demo books if there are none, and serves them.
#
#   BOOKS=file     other books than demo.books; made with the demo's contents if there are none
#   PORT=number    another port than 8080
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh
books=${BOOKS:-demo.books}

Scripts/setup.sh run
[[ -x .build/debug/jangbu ]] || echo "Building Jangbu; the first time takes some minutes"
swift build --product jangbu

if [[ ! -e $books ]]; then
  echo "Making the demo books in $books"
  .build/debug/jangbu init --demo --books "$books" || {
    rm -f -- "$books" "$books-wal" "$books-shm"
    exit 1
  }
fi
exec .build/debug/jangbu serve --books "$books" --link ${PORT:+--port "$PORT"}
