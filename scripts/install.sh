#!/usr/bin/env bash
# Builds tracesift and installs it with its completions and its manual.
#
#   scripts/install.sh [PREFIX]      default: /usr/local
#
# Another program than the one to be built: TRACESIFT=path/to/tracesift scripts/install.sh PREFIX
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=${1:-/usr/local}

if [ -z "${TRACESIFT:-}" ]; then
  source "$root/scripts/setup.sh"
  flags=(-c release --static-swift-stdlib --package-path "$root" --product tracesift)
  swift build "${flags[@]}" >&2
  TRACESIFT=$(swift build "${flags[@]}" --show-bin-path)/tracesift
fi

# Writes what a command prints, and nothing where it fails.
put() {
  local target=$prefix/$1
  shift
  mkdir -p "$(dirname "$target")"
  "$@" >"$target.new"
  mv "$target.new" "$target"
  echo "$target"
}

completions() { "$TRACESIFT" --generate-completion-script "$1"; }

install -D -m 755 "$TRACESIFT" "$prefix/bin/tracesift"
echo "$prefix/bin/tracesift"
put share/bash-completion/completions/tracesift completions bash
put share/zsh/site-functions/_tracesift completions zsh
put share/fish/vendor_completions.d/tracesift.fish completions fish
"$TRACESIFT" manual --list | while read -r page; do
  put "share/man/man1/$page" "$TRACESIFT" manual "$page"
done
