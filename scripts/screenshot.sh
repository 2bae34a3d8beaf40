#!/usr/bin/env bash
# Draws a page of `tracesift groups --format html` as a browser shows it, by light and by dark, to be looked at.
#
#   scripts/screenshot.sh PAGE.html PREFIX [WIDTHxHEIGHT]     writes PREFIX-light.png and PREFIX-dark.png
#
# Needs Debian's package chromium.
set -euo pipefail
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  sed -n '4s/^# *//p' "$0" >&2
  exit 64
fi
size=${3:-1200x1600}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for scheme in 0:dark 1:light; do
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
    --blink-settings="preferredColorScheme=${scheme%%:*}" --window-size="${size/x/,}" \
    --screenshot="$2-${scheme##*:}.png" "file://$(realpath "$1")" 2>/dev/null
done
