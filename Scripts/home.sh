# shellcheck shell=bash
# To be sourced. Swift and Chromium keep caches under HOME; where there is none to write to, .build holds them.
if [[ ! -w ${HOME:-} ]]; then
  export HOME=$PWD/.build/home
  mkdir -p "$HOME"
fi
