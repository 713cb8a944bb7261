#!/bin/bash
# try.sh [options] [SERVICE...]
#
# Boots a Debian and has `unitlint try` find the strictest lines with which services of the matrix work, by what their clients ask, with lines
# among them that are known to break any service; then starts and asks them twice with what was kept.
#
#   --suite trixie|bookworm   systemd 257 or 252                                      (default trixie)
#   --set A,B                 folders of services/                                    (default core,more)
#   --aborts N                instead: cut N trials short at random moments, by signals and kills of it and of the service
#   --seed N                  which lines are planted, and when what is cut short     (default 1)
#
# Prints a line for each service, separated by tabs: suite, service, lines, culprits, planted, planted ones found, starts, exposure before and
# after, seconds, and `works` or what is wrong; then means on standard error. Of aborts, one for each: service, how, when, and `as before` or what differs.
# Exit status: 0 where all is as it should be; 1 where not; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
suite=trixie sets=core,more aborts=0 seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --set) sets=$2; shift 2 ;;
    --aborts) aborts=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "try: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ -e "$here/../../dist/cli.js" ] || { echo 'try: npm run build first' >&2; exit 1; }
binds=(--bind "$here/matrix.py:/test/matrix.py" --bind "$here/client.py:/test/client.py" --bind "$here/try.py:/test/try.py"
  --bind "$(readlink -f "$here/../../dist"):/test/dist" --bind "$(command -v node):/test/node")
packages=''
for set in ${sets//,/ }; do
  binds+=(--bind "$here/services/$set:/test/services/$set")
  packages+=,$(sed -n "s/^packages = '\(.*\)'.*/\1/p" "$here/services/$set"/*.py | paste -sd,)
done
packages=$(echo "$packages" | tr ',' '\n' | sed '/^$/d' | sort -u | paste -sd,)
exec "$here/with-systemd.sh" --suite "$suite" --packages "$packages" "${binds[@]}" --timeout 3600 -- \
  python3 /test/try.py "$suite" "$aborts" "$seed" "$@"
