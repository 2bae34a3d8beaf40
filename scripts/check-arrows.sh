#!/usr/bin/env bash
# Checks the arrows between the package's targets (Sources/README.md) against the import lines.
#
# SwiftPM lets a file import what its target reaches only through another one, and knows no order, so this
# is checked here:
#   - an import of a target or product of the package is a direct dependency in Package.swift;
#   - a room depends on rooms that stand above it in the table of Sources/README.md, and every room stands there;
#   - Foundation is imported by no room but the command line, CPCRE2 by PCRE2 only, ArgumentParser by tracesift only.
# Prints file:line and what is wrong with it; exit status 1 when anything is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

description=$(swift package describe)

# Lines of four kinds, from the manifest: target NAME PATH | needs NAME DEPENDENCY
arrows=$(awk '
  /^Targets:/ { inTargets = 1; next }
  /^[^ ]/ { inTargets = 0 }
  !inTargets { next }
  /^    [A-Z]/ { list = "" }
  /^    Name: / { name = $2 }
  /^    Path: / { print "target", name, $2 }
  /^    (Target|Product) dependencies:/ { list = "needs" }
  /^        / && list != "" { print list, name, $1 }
' <<<"$description")

# The order: the rooms in the first column of the table.
order=$(sed -n 's/^| `\([A-Za-z0-9_-]*\)` |.*/\1/p' Sources/README.md)

if [ -z "$arrows" ] || [ -z "$order" ]; then
  echo "check-arrows: no targets in the manifest or no rooms in Sources/README.md" >&2
  exit 2
fi

# file:line module, one a line, for every import statement with any access level or attribute.
imports() {
  find "$1" -name '*.swift' -exec awk '
    /^[ \t]*((@[A-Za-z_()]+|public|package|internal|fileprivate|private)[ \t]+)*import[ \t]/ {
      line = $0
      sub(/^.*import[ \t]+((struct|class|enum|protocol|func|var|let|typealias|actor)[ \t]+)?/, "", line)
      sub(/[^A-Za-z0-9_].*$/, "", line)
      print FILENAME ":" FNR, line
    }' {} +
}

violations=$(
  {
    sed 's/^/room /' <<<"$order"
    echo "$arrows"
    awk '$1 == "target" { print $2, $3 }' <<<"$arrows" | while read -r name path; do
      imports "$path" | sed "s/^/import $name /"
    done
  } | awk '
    $1 == "room" { rank[$2] = ++rooms; next }
    $1 == "target" { path[$2] = $3; known[$2] = 1; next }
    $1 == "needs" { needs[$2, $3] = 1; known[$3] = 1; isNeeded[++edges] = $2 " " $3; next }
    $1 == "import" { statements[++count] = $2 " " $3 " " $4 }
    function isRoom(name) { return path[name] ~ /^Sources\// }
    function say(place, what) { print place ": " what }
    END {
      for (name in path) if (isRoom(name) && !rank[name]) say("Sources/README.md:1", name " is not in the table of rooms")
      for (i = 1; i <= edges; i++) {
        split(isNeeded[i], edge, " ")
        if (rank[edge[1]] && rank[edge[2]] >= rank[edge[1]])
          say("Package.swift:1", edge[1] " must not depend on " edge[2] ", which does not stand above it")
        if (isRoom(edge[1]) && path[edge[2]] ~ /^Tests\//) say("Package.swift:1", edge[1] " depends on " edge[2] " of the tests")
      }
      for (i = 1; i <= count; i++) {
        split(statements[i], part, " ")
        name = part[1]; place = part[2]; module = part[3]
        if (module == name) continue
        if (known[module] && !((name, module) in needs)) say(place, name " imports " module " without depending on it")
        if (module ~ /^Foundation/ && isRoom(name) && name != "tracesift") say(place, name " imports " module)
        if (module == "CPCRE2" && name != "PCRE2") say(place, "only PCRE2 may import CPCRE2")
        if (module == "ArgumentParser" && isRoom(name) && name != "tracesift") say(place, "only tracesift may import ArgumentParser")
      }
    }' | sort
)

if [ -n "$violations" ]; then
  echo "$violations"
  exit 1
fi
echo "arrows: $(grep -c '^needs ' <<<"$arrows") dependencies of $(grep -c '^target ' <<<"$arrows") targets keep to the order"
