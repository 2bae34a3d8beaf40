#!/usr/bin/env bash
# Makes the corpus again: runs the programs and wraps, damages and mixes what they print. See README.md.
#
#   make.sh [java|python|others|mixed|containers|damage|hostile]…     (none: all, in this order)
#
# What is not installed is named on standard error and skipped; files that cannot be made stay as they are.
set -u
cd "$(dirname "$0")"
for part in ${*:-java python others mixed containers damage hostile}; do
  printf '== %s\n' "$part" >&2
  case $part in
    java | python | others | mixed) bash "make/$part.sh" ;;
    containers | damage | hostile) python3 "$part.py" ;;
    *) printf 'unknown part: %s\n' "$part" >&2; exit 64 ;;
  esac
done
