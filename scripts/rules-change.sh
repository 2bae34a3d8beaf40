#!/usr/bin/env bash
# What a change of stack-trace rules in a pull request does, before anyone saves it in Sentry.
#
#   scripts/rules-change.sh BASE RULES LOGS [GOLDENS]
#   scripts/rules-change.sh origin/main Corpus/rules/airbyte.rules Corpus/mixed/app.log Corpus/mixed
#
# BASE is the commit that the change is compared with, LOGS are files or a directory, GOLDENS a directory that
# `tracesift golden update` was run on. Prints annotations that GitHub shows at the rules; writes the whole comparison to
# the step's summary (or where GITHUB_STEP_SUMMARY points) and as a page to rules-diff.html.
# Exit status 1 when a golden no longer holds. TRACESIFT names the program, if it is not in PATH.
set -euo pipefail

if [ $# -lt 3 ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
base=$1 rules=$2 logs=$3 goldens=${4-}
program=${TRACESIFT:-tracesift}

draft=$(mktemp)
trap 'rm -f "$draft"' EXIT
# Rules that are new have none before them.
old=$draft
git show "$base:$rules" >"$draft" 2>/dev/null || old=none

"$program" rules diff "$old" "$rules" "$logs" --format github
"$program" rules diff "$old" "$rules" "$logs" --format html >rules-diff.html
if [ -n "${GITHUB_STEP_SUMMARY-}" ]; then
  # GitHub takes 1 MiB of it.
  { echo '```'; "$program" rules diff "$old" "$rules" "$logs" | head -c 1000000; echo '```'; } >>"$GITHUB_STEP_SUMMARY"
fi

if [ -n "$goldens" ]; then "$program" golden check "$goldens"; fi
