# Shared by the scripts beside it; sourced, not run.
set -u
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)   # the Corpus folder
PROGRAMS=$HERE/programs
APP=${CORPUS_APP:-/tmp/app}                              # programs run here, so that traces name no path of a developer's machine
export LC_ALL=C.UTF-8 TZ=UTC PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=UTF-8
unset PIP_FIND_LINKS NO_COLOR FORCE_COLOR COLUMNS JAVA_TOOL_OPTIONS PYTHONPATH
mkdir -p "$APP"

# Without address randomisation addresses in traces stay the same from run to run, where the kernel allows it.
if setarch -R true 2>/dev/null; then FIXED="setarch -R"; else FIXED=""; fi

say() { printf '%s\n' "$*" >&2; }
missing() { say "skipped: $*"; }
have() { command -v "$1" >/dev/null 2>&1; }

TRUTH=$APP/truth.json   # where a program is told to write what it knows; moved beside the file that keep makes

# keep FOLDER/NAME.log COMMAND…: what the command prints, both streams, becomes the file. The exit status does not matter: most of them die.
keep() {
  local file=$HERE/$1; shift
  mkdir -p "$(dirname "$file")"
  rm -f "$TRUTH"
  (cd "$APP" && timeout 120 $FIXED "$@" || true) >"$file.part" 2>&1 </dev/null
  mv "$file.part" "$file"
  if [ -e "$TRUTH" ]; then mv "$TRUTH" "${file%.log}.truth.json"; else rm -f "${file%.log}.truth.json"; fi
  [ -s "$file" ] || say "warning: $file is empty"
}
