#!/bin/bash
# packages.sh [options] PACKAGE...
#
# Boots a Debian with these packages and holds their services, with the drop-in that `unitlint --fix` writes, against what they are as
# installed: whether they start, reload, restart and stop, what they run and listen on, what they answer there, the files that they make,
# and what their journals complain of. For services that nobody wrote a client for: it shows what breaks at once, and no more.
# Those that end by themselves, as the jobs of timers do, are run twice each: how they end, what they print, what they make and change.
#
#   --suite trixie|bookworm   systemd 257 or 252                                    (default trixie)
#   --ways A,B                presets to try, safe fixes only                       (default hardened,auto)
#   --keep FOLDER             leave the units, with their drop-ins, and what was seen of them there  (default: none)
#
# Prints a line for each service and way, separated by tabs: way, service, and `works`, `does not work as installed` or a difference.
# Exit status: 0, also where there are differences, which somebody has to read; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
suite=trixie ways=hardened,auto keep=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --ways) ways=$2; shift 2 ;;
    --keep) keep=$2; shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "packages: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo 'packages: no packages given' >&2; exit 2; }
[ -e "$unitlint" ] || { echo 'packages: npm run build first' >&2; exit 1; }
case $suite in bookworm) target=252 ;; *) target=257 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

packages=$(printf '%s\n' "$@" | sort -u | paste -sd,)
boot() {
  "$here/with-systemd.sh" --suite "$suite" --packages "$packages" --bind "$here/packages.py:/test/packages.py" \
    --bind "$here/client.py:/test/client.py" --bind "$work:/test/units" --timeout 1800 -- python3 /test/packages.py "$@"
}

mkdir "$work/plain"
boot units "$@" >"$work/units.tar" || exit 125
tar -xf "$work/units.tar" -C "$work/plain"
for run in one again; do boot try plain "$@" >"$work/$run.json" || exit 125; done
for way in ${ways//,/ }; do
  cp -r "$work/plain" "$work/$way"
  node "$unitlint" --no-config --target "$target" --preset "$way" --fix --fix-to dropin "$work/$way" >/dev/null
  boot try "$way" "$@" >"$work/$way.json" || exit 125
  python3 -B "$here/packages.py" compare "$work/one.json" "$work/again.json" "$work/$way.json" | sed "s/^/$way\t/"
done
[ -z "$keep" ] || { mkdir -p "$keep" && cp -r "$work"/. "$keep"; }
