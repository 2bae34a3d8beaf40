# Bash: a call stack by hand, and the shell's own complaints.
set -u
trap 'i=0; while caller $i; do i=$((i + 1)); done >&2' ERR
place() { ls /tmp/app/no-such-file; }
outer() { place; }
outer
no_such_command --at home
echo "$((1 / 0))"
echo "$missing"
