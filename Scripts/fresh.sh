#!/usr/bin/env bash
# What a newcomer meets: a clone of HEAD in an empty folder, with an empty HOME.
#
#   Scripts/fresh.sh test    `make test` there
#   Scripts/fresh.sh run     `make run` there, until the first page is answered
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
what=${1:-test}
start=$SECONDS

folder=$(mktemp -d)
running=
clean_up() {
  if [[ -n $running ]]; then
    kill -- "-$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT

git clone --quiet --no-hardlinks . "$folder/jangbu"
mkdir "$folder/home"
cd "$folder/jangbu"
export HOME=$folder/home CI=true
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
echo "HEAD $(git rev-parse --short HEAD) in $folder/jangbu"

# The status line of a GET, with nothing but bash: curl may not be there.
status_of() {
  local port path
  [[ $1 =~ ^http://127\.0\.0\.1:([0-9]+)(/.*)?$ ]]
  port=${BASH_REMATCH[1]} path=${BASH_REMATCH[2]:-/}
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$path" "$port" >&3
  timeout 30 head -n 1 <&3
  exec 3>&-
}

probe_run() {
  local address='' status
  setsid make run >"$folder/log" 2>&1 </dev/null &
  running=$!
  until [[ -n $address ]]; do
    sleep 1
    address=$(sed -n 's/.*\(http:\/\/127\.0\.0\.1:[0-9]*[^ ]*\).*/\1/p' "$folder/log" | tail -n 1)
    if [[ -z $address ]] && { ! kill -0 "$running" 2>/dev/null || ((SECONDS - start > 1800)); }; then
      cat "$folder/log"
      echo "make run printed no address."
      return 1
    fi
  done
  cat "$folder/log"
  status=$(status_of "$address")
  echo "GET $address: $status"
  [[ $status == HTTP/1.?\ 200* ]]
}

case $what in
  test) make test </dev/null ;;
  run) probe_run ;;
  *) echo "Usage: Scripts/fresh.sh test|run" >&2 && exit 2 ;;
esac

left=$(git status --porcelain)
[[ -z $left ]] || {
  printf 'make %s left files that git does not ignore:\n%s\n' "$what" "$left"
  exit 1
}
echo "make $what is true in a fresh clone ($((SECONDS - start)) s)."
