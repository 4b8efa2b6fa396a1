#!/usr/bin/env bash
# Installs what is missing, and nothing else. Quiet and quick when all is there.
#
#   Scripts/setup.sh run     what it takes to build and run
#   Scripts/setup.sh test    that, a browser with Korean fonts, and the Python tests' own environment
#   Scripts/setup.sh bench   what it takes to run, the peers to compare with, and what asks over HTTP
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One line per Debian package: its name, then why.
to_run='
pkg-config       tells the build where SQLite is
libsqlite3-dev   SQLite, in which the books are kept
libsodium-dev    hashing
libzip-dev       the archive that an .xlsx file is
libexpat1-dev    the XML inside it
libxlsxwriter-dev  writing .xlsx files
tzdata           time zones: which day it is in Seoul
'
to_test='
chromium-headless-shell  the browser in which the pages are tested, without the windows that nobody sees
fonts-nanum      Korean letters in that browser
fonts-noto-cjk   the Korean letters that Nanum lacks
python3-venv     Python with environments, for the API and browser tests
nginx-light      the reverse proxy of docs/operating.md, before a server
openssl          a certificate for it
systemd          what the unit of docs/operating.md is held against
strace           shows that a payment is on the disk before it is answered
faketime         another day than today, for the suites that run anywhere, any day
locales          Korean and Turkish, for the same
libreoffice-calc  opens what is written, and makes files that are read
'
to_bench='
python3-venv     Python with environments, for the peers in Python and for the comparison itself
postgresql-15    a peer
libpq-dev        the peer in C that asks it
wrk              asks over HTTP
git              which commit was measured
'

main() {
  case "${1:-}" in
    run)
      check_swift
      install_missing "$to_run"
      ;;
    test)
      check_swift
      install_missing "$to_run$to_test"
      make_python_environment .venv Tests/requirements.txt "the API and browser tests"
      ;;
    bench)
      check_swift
      install_missing "$to_run$to_bench"
      make_python_environment .venv-bench Benchmarks/requirements.txt "the benchmarks"
      ;;
    *) fail "Usage: Scripts/setup.sh run|test|bench" ;;
  esac
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Package.swift says on its first line which Swift it takes.
check_swift() {
  local needed found
  needed=$(sed -n '1s/.*swift-tools-version: *//p' Package.swift)
  command -v swift >/dev/null ||
    fail "Jangbu needs Swift $needed or later, and there is no 'swift' on the PATH. See https://www.swift.org/install"
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [[ $(printf '%s\n' "$needed" "${found:-0}" | sort -V | head -n 1) == "$needed" ]] ||
    fail "Jangbu needs Swift $needed or later; this is Swift ${found:-of an unknown version} ($(command -v swift)). See https://www.swift.org/install"
}

install_missing() {
  local missing
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    go_on_without_apt "$1"
    return
  fi
  missing=$(only_missing "$1$(compiler_for_c)")
  [[ -z $missing ]] && return

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "These Debian packages are missing, and only root can install them (there is no sudo here):" \
        "$missing" "As root: apt-get install $(names "$missing")"
    as_root=(sudo)
    [[ -t 0 ]] || as_root+=(--non-interactive)
    "${as_root[@]}" true ||
      fail "These Debian packages are missing, and sudo does not let this user install them:" \
        "$missing" "As root: apt-get install $(names "$missing")"
  fi

  printf 'Installing with %sapt-get, because missing here:\n%s\n' "${as_root:+sudo }" "$missing"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get --yes -qq -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
  attempt "${apt[@]}" update
  # shellcheck disable=SC2046 # one word per package is meant
  attempt "${apt[@]}" install --no-install-recommends $(names "$missing")
}

# Another apt may be at work, or the network hiccup: three tries.
attempt() {
  local try
  for try in 1 2 3; do
    "$@" </dev/null && return
    ((try == 3)) || sleep $((try * 5))
  done
  fail "Gave up after three tries: $*"
}

# A Swift unpacked from its archive links with whatever C library and linker the system has.
compiler_for_c() {
  is_installed 'libstdc++-*-dev' || echo 'g++ the C library and linker that Swift builds with'
}

only_missing() {
  local name why
  while read -r name why; do
    [[ -z $name ]] || is_installed "$name" || printf '  %-16s %s\n' "$name" "$why"
  done <<<"$1"
}

is_installed() {
  local states
  states=$(dpkg-query --show --showformat '${db:Status-Status}\n' "$1" 2>/dev/null) || true
  grep --quiet '^installed$' <<<"$states"
}

names() { awk 'NF { printf "%s ", $1 }' <<<"$1"; }

go_on_without_apt() {
  if [[ $(uname) != Darwin ]] && ! pkg-config --exists sqlite3 2>/dev/null && [[ ! -e /usr/include/sqlite3.h ]]; then
    fail "This is not a Debian system, so nothing is installed for you. Please install what these Debian packages hold:" "$1"
  fi
  printf 'This is not a Debian system, so nothing is installed for you. Needed are what these Debian packages hold:\n%s\n' "$1"
}

# make_python_environment FOLDER REQUIREMENTS WHOSE
make_python_environment() {
  local python=/usr/bin/python3 made=$1/made-from
  [[ -x $python ]] || python=$(command -v python3) || fail "For $3 it takes Python 3.11 or later."
  if [[ -x $1/bin/python ]] && cmp --silent "$2" "$made"; then
    return
  fi
  echo "Making $1, the Python environment of $3"
  rm -rf "$1"
  "$python" -m venv "$1"
  attempt "$1/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --retries 5 \
    --requirement "$2"
  cp "$2" "$made"
}

main "$@"
