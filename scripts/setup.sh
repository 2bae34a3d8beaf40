#!/usr/bin/env bash
# Makes a bare Debian 12 with a Swift toolchain ready to build: finds the toolchain and installs the C
# libraries that Package.swift names. Does nothing, and needs no network, when all is there.
#
#   scripts/setup.sh                 what the build needs
#   scripts/setup.sh --benchmarks    and what Benchmarks/compare.sh measures with
#
# Other scripts source it, so that a toolchain found outside PATH is in PATH for them too.
set -euo pipefail

setup_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Puts the toolchain into PATH. Swift's own installers use the places that are tried here.
find_swift() {
  command -v swift >/dev/null && return
  local folder
  for folder in /opt/swift/usr/bin /opt/swift/bin /usr/local/swift/usr/bin /usr/share/swift/usr/bin \
    "${HOME:-/root}/.local/share/swiftly/bin" "${HOME:-/root}"/.swiftly/bin; do
    if [ -x "$folder/swift" ]; then
      export PATH="$folder:$PATH"
      return
    fi
  done
  echo "setup: no Swift toolchain found. Install Swift 6.3 or newer (swift.org/install) and put it in PATH." >&2
  return 1
}

# The manifest is the one list of system libraries: whatever its targets (or its comments) name for apt.
system_libraries() {
  sed -n 's/.*\.apt(\[\([^]]*\)\]).*/\1/p' "$setup_root/Package.swift" | tr ',' '\n' | tr -d ' "'
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "setup: '$*' must be run as root, and there is no sudo here." >&2
    return 1
  fi
}

install_missing() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "setup: installing ${missing[*]}" >&2
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

setup() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "setup: not a Debian system; the build needs: git pkg-config $(system_libraries | tr '\n' ' ')" >&2
  else
    # git and pkg-config are what SwiftPM itself runs; libc6-dev and libstdc++-12-dev what Swift links with.
    local wanted=(git pkg-config libc6-dev libstdc++-12-dev)
    mapfile -t -O ${#wanted[@]} wanted < <(system_libraries)
    if [ "${1:-}" = --benchmarks ]; then wanted+=(hyperfine ripgrep jq gzip zstd python3 python3-venv); fi
    install_missing "${wanted[@]}"
  fi
  find_swift
}

setup "$@"
