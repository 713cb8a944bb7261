#!/bin/bash
# matrix.sh [SUITE [WAY...]]
#
# Boots a Debian (trixie, with systemd 257, or bookworm, with 252) and has real services of its packages asked by real clients, twice with a
# restart between: as they are installed, and with the drop-in that `unitlint --fix` writes with each preset (default: recommended, hardened).
# What must break them, `control`, is tried as well: a network of their own. A line a service and way, with its exposure, then the means.
# Exit status: 0 where all that works as installed works with all presets, and nothing does under control; else 1.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
[ -e "$unitlint" ] || { echo 'matrix: npm run build first' >&2; exit 1; }
suite=${1:-trixie}
shift
ways=("$@")
[ ${#ways[@]} -gt 0 ] || ways=(recommended hardened)
packages=nginx,apache2,lighttpd,redis-server,memcached,postgresql,dnsmasq,haproxy,mosquitto,vsftpd,prometheus-node-exporter,rsync,samba,smbclient
case $suite in bookworm) target=252 ;; *) target=257 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

boot() { "$here/with-systemd.sh" --suite "$suite" --packages "$packages" --bind "$here/matrix.py:/test/matrix.py" --bind "$work:/test/units" --timeout 1200 -- python3 /test/matrix.py "$@"; }

mkdir "$work/plain" "$work/control"
boot copy >"$work/all" || exit 1
awk -v to="$work/plain/" '/^=== [^ ]+$/ {file = to $2 ".service"; next} {print > file}' "$work/all"
for way in "${ways[@]}"; do
  cp -r "$work/plain" "$work/$way"
  node "$unitlint" --no-config --target "$target" --preset "$way" --fix --fix-to dropin "$work/$way" >/dev/null
done
for unit in "$work"/plain/*.service; do
  mkdir "$work/control/${unit##*/}.d"
  printf '[Service]\nPrivateNetwork=yes\n' >"$work/control/${unit##*/}.d/50-unitlint.conf"
done
boot try plain "${ways[@]}" control >"$work/results" || exit 1

failed=0
for way in plain "${ways[@]}"; do
  sum=0 count=0 works=0
  for unit in "$work"/plain/*.service; do
    name=${unit##*/}
    name=${name%.service}
    level=$(node "$unitlint" security --no-config --target "$target" "$work/$way/$name.service" | sed -n 's/.*: \([0-9.]*\) [A-Z]*$/\1/p' | tail -1)
    result=$(grep -F "$way $name " "$work/results" | cut -d' ' -f3-)
    printf '%s\t%s\t%s\t%s\n' "$way" "$name" "$level" "$result"
    sum=$(awk "BEGIN {print $sum + $level}")
    count=$((count + 1))
    case $result in works) works=$((works + 1)) ;; *) grep -qF "plain $name works" "$work/results" && failed=1 ;; esac
  done
  awk "BEGIN {printf \"== $suite, systemd $target, $way: $works of $count work, mean exposure %.2f\n\", $sum / $count}"
done
echo "== control: $(grep -c '^control .* breaks' "$work/results") of $(grep -c '^control ' "$work/results") break"
grep -q '^control .* works$' "$work/results" && failed=1
exit $failed
