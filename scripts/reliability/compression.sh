# Row 16: damaged gzip and zstd.

compress() {
  case $1 in gzip) gzip -c ;; zstd) zstd -q -c ;; esac
}

# The records of a damaged file are the first ones of the whole text, and the run ends with 2 and the place.
check_damaged() {
  local what=$1 file=$2 may_be_whole=${3:-} from
  for from in file pipe; do
    if [ "$from" = file ]; then
      measured 60 "$tracesift" scan "$file" >"$work/out" 2>"$work/errors"
    else
      measured 60 "$tracesift" filter <"$file" >"$work/out" 2>"$work/errors"
    fi
    sed 's/"source":"[^"]*"//; s/"id":"[^"]*"//' "$work/out" >"$work/plain"
    if [ "$status" = "exit 0" ] && [ -n "$may_be_whole" ]; then continue; fi
    [ "$status" = "exit 2" ] || differs "$what, $from: $status"
    grep -Eq '(gzip|zstd) data.* byte [0-9]+' "$work/errors" || differs "$what, $from: no place: $(head -n 1 "$work/errors")"
    is_ndjson "$work/out" || differs "$what, $from: half a record"
    [ "$peak" -le $((104 * 1024)) ] || differs "$what, $from: $peak KiB"
    # The last one may be cut by the damage.
    [ -n "$may_be_whole" ] || [ ! -s "$work/plain" ] || sed '$d' "$work/plain" | cmp -s - <(head -n $(($(wc -l <"$work/plain") - 1)) "$work/wanted") ||
      differs "$what, $from: records before the damage are others"
  done
}

row_compression() {
  local format count places=20 flips=12 size at
  is_full && places=400 flips=5000
  traces 4000 >"$work/text"
  "$tracesift" scan "$work/text" | sed 's/"source":"[^"]*"//; s/"id":"[^"]*"//' >"$work/wanted"
  for format in gzip zstd; do
    command -v "$format" >/dev/null || { details+=" no $format command;" && continue; }
    compress "$format" <"$work/text" >"$work/packed"
    size=$(stat -c %s "$work/packed")
    for ((count = 0; count < places; count++)); do
      at=$((count < 12 ? count + 5 : (size - 1) * (count - 11) / (places - 11)))
      head -c "$at" "$work/packed" >"$work/cut"
      check_damaged "$format cut at $at of $size" "$work/cut"
    done
    for ((count = 0; count < flips; count++)); do
      cp "$work/packed" "$work/flipped"
      at=$((10 + (RANDOM * 32768 + RANDOM) % (size - 10)))
      printf "\\x$(printf %02x $((RANDOM % 256)))" | dd of="$work/flipped" bs=1 seek="$at" conv=notrunc 2>/dev/null
      cmp -s "$work/flipped" "$work/packed" || check_damaged "$format with another byte at $at" "$work/flipped" maybe
    done
    several_members "$format"
    bomb "$format"
  done
}

# Members one behind the other are one text; what follows them and is none is told of.
several_members() {
  local format=$1 half
  half=$(($(wc -l <"$work/text") / 2))
  { head -n "$half" "$work/text" | compress "$format"; tail -n +$((half + 1)) "$work/text" | compress "$format"; } >"$work/members"
  "$tracesift" scan "$work/members" | sed 's/"source":"[^"]*"//; s/"id":"[^"]*"//' | cmp -s - "$work/wanted" ||
    differs "$format: two members are not one text"
  echo "something else" >>"$work/members"
  check_damaged "$format with something behind it" "$work/members"
}

# 300 MB (full: 10 GB) of zeros.
bomb() {
  local bytes=300000000
  is_full && bytes=10000000000
  { head -c "$bytes" /dev/zero; printf '\n'; cat "$work/text"; } | compress "$1" >"$work/bomb"
  local command
  for command in "scan --jobs 1 $work/bomb" filter; do
    # shellcheck disable=SC2086
    measured 600 "$tracesift" $command <"$work/bomb" >"$work/out" 2>"$work/errors"
    [ "$status" = "exit 0" ] || differs "$1 bomb, ${command%% *}: $status"
    [ "$(wc -l <"$work/out")" = "$(wc -l <"$work/wanted")" ] || differs "$1 bomb: traces behind it are missing"
    [ "$peak" -le $((104 * 1024)) ] || differs "$1 bomb, ${command%% *}: $peak KiB"
    details+="${details:+; }$1 bomb, ${command%% *}: $((peak / 1024)) MiB"
  done
}
