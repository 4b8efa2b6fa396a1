#!/usr/bin/env bash
# Runs the model and bookkeeping suites on machines that are elsewhere, speak another language and have
# another day; what the books write is the same on all of them. Needs what `make test` builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/home.sh

# name, zone, language, the machine's clock at the start
machines='
seoul-korean-leap-day        Asia/Seoul          ko_KR.UTF-8  2028-02-29 12:00:00
new-york-plain-years-end     America/New_York    C            2028-12-31 23:59:58
kiritimati-turkish-years-end Pacific/Kiritimati  tr_TR.UTF-8  2028-12-31 23:59:58
new-york-turkish-leap-day    America/New_York    tr_TR.UTF-8  2028-02-29 23:59:58
kiritimati-korean-leap-day   Pacific/Kiritimati  ko_KR.UTF-8  2028-02-29 00:00:00
'

# The rules, the pencil-checked cases, what is about days and zones; `make soak` runs both suites whole,
# with the counts of `make test`: more random books are no other place.
few='FundModelTests|BookkeepingTests.(Anywhere|Cases|CalendarTests|CalendarFeedTests|Counterparties|Finding|'
few+='GoldenFigures|Settlements|TrailTests|ZoneTests)/'

tests=.build/debug/JangbuPackageTests.xctest
here=.build/anywhere

main() {
  [[ -x $tests ]] || fail "The tests are not built: make test, or make build."
  command -v faketime >/dev/null || fail "There is no 'faketime' here: Scripts/setup.sh test installs it."
  rm -rf "$here"
  mkdir -p "$here"
  make_languages "$here/locales"
  clang -shared -fPIC -o "$here/locale.so" Tests/Anywhere/locale.c

  local name zone language day time status=0
  # Two at a time.
  while read -r name zone language day time; do
    [[ -n $name ]] || continue
    (($(jobs -rp | wc -l) < 2)) || wait -n || true
    on_machine "$name" "$zone" "$language" "$day" "$time" &
  done <<<"$machines"
  wait || true
  while read -r name _; do
    [[ -n $name ]] || continue
    verdict "$name" || status=1
  done <<<"$machines"
  same || status=1
  return "$status"
}

# Languages that this machine lacks, for these runs alone.
make_languages() {
  mkdir -p "$1"
  local language
  for language in ko_KR tr_TR; do
    localedef --inputfile="$language" --charmap=UTF-8 "$1/$language.UTF-8"
  done
}

on_machine() {
  local name=$1 zone=$2 language=$3 day=$4 time=$5 only=$few
  [[ ${JANGBU_SOAK:-} == 1 ]] && only='FundModelTests|BookkeepingTests'
  # Waiting is done by a clock that goes on as it does; only what time it is, is another one.
  if env --unset=JANGBU_SOAK TZ="$zone" LANG="$language" LC_ALL="$language" LOCPATH="$PWD/$here/locales" \
    LD_PRELOAD="$PWD/$here/locale.so" FAKETIME_DONT_FAKE_MONOTONIC=1 \
    JANGBU_MACHINE="$zone $language $(date --date="$day" +%Y-%-m-%-d)" \
    JANGBU_TOLD="$PWD/$here/$name.told" \
    faketime -f "@$day $time" "$tests" --testing-library swift-testing --filter "$only" \
    >"$here/$name.log" 2>&1; then
    touch "$here/$name.passed"
  fi
}

# All of them passed there, and it was there.
verdict() {
  local log=$here/$1.log
  printf '%-29s ' "$1"
  if [[ -e $here/$1.passed ]] && grep -q '"It is where, .*passed' "$log"; then
    sed -n 's/.*\(Test run with .* passed\).*/\1/p' "$log" | tail -n 1
    return
  fi
  echo FAILED
  grep -E '✘|rror:' "$log" | cut -c 1-300 | head -n 20 || tail -n 20 "$log"
  return 1
}

# Every machine wrote the same books.
same() {
  local told=("$here"/*.told) each
  ((${#told[@]} == 5)) && [[ -s ${told[0]} ]] || fail "Some machine wrote nothing."
  for each in "${told[@]}"; do cmp "${told[0]}" "$each" || return 1; done
  printf 'The books of %d stories are the same on all of them.\n' "$(wc -l <"${told[0]}")"
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

main
