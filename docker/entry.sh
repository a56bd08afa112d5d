#!/bin/sh
# One image; the first word of the command says which process it is.
set -eu

process=${1:-}
case "$process" in
  api | worker | registry-mock | desk) shift ;;
  *)
    echo "usage: api | worker | registry-mock | desk COMMAND…" >&2
    exit 2
    ;;
esac
# `exec`, so that TERM reaches the process itself.
exec node "/app/dist/apps/$process/src/main.js" "$@"
