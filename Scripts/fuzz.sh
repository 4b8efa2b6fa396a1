#!/usr/bin/env bash
# Throws random files at the readers of sheets, by libFuzzer; fails at the first that ends the program.
#
#   Scripts/fuzz.sh [SECONDS] [READER…]     so long for each reader; all readers, 300 seconds
#
# What was found interesting is kept in .build-fuzz/corpus, what crashed in .build-fuzz/crashes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh

seconds=${1:-300}
shift || true
readers=("$@")
((${#readers[@]})) || readers=(sheet strings styles workbook csv rows file)
folder=.build-fuzz
program=$folder/fuzz

main() {
  Scripts/setup.sh run
  mkdir -p "$folder/crashes"
  build
  local reader
  for reader in "${readers[@]}"; do
    mkdir -p "$folder/corpus/$reader"
    run "$reader"
  done
}

# The two modules alone, so that what others need is not built: a minute, once.
build() {
  if [[ -x $program ]] && ! find Sources/FundModel Sources/Sheets Sources/C* Tests/Fuzz -newer "$program" | grep -q .; then
    return
  fi
  echo "Building the readers for libFuzzer"
  # As Package.swift says for every target.
  local flags=(-enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility)
  flags+=(-O -swift-version 6 -package-name jangbu -parse-as-library -sanitize=fuzzer,address
    -enable-testing -I "$folder" -I Sources/CZip -I Sources/CExpat -I Sources/CXLSXWriter)
  module FundModel Sources/FundModel
  module Sheets Sources/Sheets
  swiftc "${flags[@]}" -use-ld=lld Tests/Fuzz/Fuzz.swift "$folder"/{FundModel,Sheets}.o -o "$program"
}

module() {
  local sources
  mapfile -t sources < <(find "$2" -name '*.swift' | sort)
  swiftc "${flags[@]}" -wmo -module-name "$1" -emit-module -emit-module-path "$folder/$1.swiftmodule" \
    -emit-object -o "$folder/$1.o" "${sources[@]}"
}

run() {
  echo "$1: $seconds seconds"
  local log=$folder/$1.log
  # Memory beyond 2 GiB and inputs that take 10 seconds count as crashes.
  JANGBU_FUZZ=$1 "$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 \
    -dict=Tests/Fuzz/words.dict -artifact_prefix="$folder/crashes/$1-" \
    "$folder/corpus/$1" "Tests/Fuzz/Seeds/$1" >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    echo "$1: see $folder/crashes; run it alone with JANGBU_FUZZ=$1 $program FILE" >&2
    exit 1
  }
  tail -n 1 "$log"
}

main
