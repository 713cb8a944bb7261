#!/bin/bash
# matrix.sh [options] [SERVICE...]
#
# Boots a Debian and has real services asked by real clients, twice with a restart between: as they are installed, and with the drop-in that
# `unitlint --fix` writes with each preset, safe fixes only. Each way has a boot of its own, so that nothing is left of another.
# What must break each service, its control, is tried as well. A service is one file below services/, see services/README.md there.
#
#   --suite trixie|bookworm   systemd 257 or 252                                      (default trixie)
#   --set A,B                 folders of services/                                    (default core,more)
#   --without A,B             services of them to leave out, with their packages: not packaged there, say (default: none)
#   --ways A,B                presets to try                                          (default recommended,hardened,auto,sighted-auto)
#                             sighted-PRESET: the lines are written on the machine, with all of its files in sight (`--root /`)
#   --keep FOLDER             leave the units, as installed and with drop-ins, there  (default: none)
#   --complaints FILE         what the journals complain of with drop-ins, and do not as installed: way, service, complaint (default: none)
#
# Prints a line for each service and way, separated by tabs: suite, set, way, service, exposure, and `works` or `breaks: REASON`;
# then the means on standard error. Exit status: 0 where all services work as installed and with all presets, and none does under its
# control; 1 where not; 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
suite=trixie sets=core,more ways=recommended,hardened,auto,sighted-auto keep='' complaints='' without=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --set) sets=$2; shift 2 ;;
    --without) without=$2; shift 2 ;;
    --ways) ways=$2; shift 2 ;;
    --keep) keep=$2; shift 2 ;;
    --complaints) complaints=$2; shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "matrix: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ -e "$unitlint" ] || { echo 'matrix: npm run build first' >&2; exit 1; }
case $suite in bookworm) target=252 ;; *) target=257 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# So that what still writes there ends first.
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

binds=(--bind "$here/matrix.py:/test/matrix.py" --bind "$here/client.py:/test/client.py" --bind "$work:/test/units"
  --bind "$(readlink -f "$(command -v node)"):/test/node" --bind "$here/../../dist:/test/dist")
packages='' others=()
for set in ${sets//,/ }; do
  [ -d "$here/services/$set" ] || { echo "matrix: no services/$set" >&2; exit 2; }
  binds+=(--bind "$here/services/$set:/test/services/$set")
  for file in "$here/services/$set"/*.py; do
    name=$(basename "$file" .py)
    [[ ,$without, != *,$name,* ]] || continue
    packages+=,$(sed -n "s/^packages = '\(.*\)'.*/\1/p" "$file")
    others+=("$name")
  done
done
[ -z "$without" ] || [ $# -gt 0 ] || set -- "${others[@]}"
for service; do
  compgen -G "$here/services/*/$service.py" >/dev/null || { echo "matrix: no service $service" >&2; exit 2; }
done
packages=$(echo "$packages" | tr ',' '\n' | sed '/^$/d' | sort -u | paste -sd,)
boot() { "$here/with-systemd.sh" --suite "$suite" --packages "$packages" "${binds[@]}" --timeout 1800 -- python3 /test/matrix.py "$@"; }

boot units "$@" >"$work/units.tar" || exit 125
tar -xf "$work/units.tar" -C "$work" && rm "$work/units.tar"
for way in ${ways//,/ }; do
  cp -r "$work/plain" "$work/$way"
  preset=${way#sighted-} managers='system user'
  if [ "$way" != "$preset" ]; then
    boot write "$preset" "$target" "$@" >"$work/lines.tar" || exit 125
    mkdir -p "$work/$way/system" && tar -xf "$work/lines.tar" -C "$work/$way/system" && rm "$work/lines.tar"
    managers=user
  fi
  for manager in $managers; do
    [ ! -d "$work/$way/$manager" ] || node "$unitlint" --no-config --target "$target" $([ $manager = system ] || echo --user) \
      --preset "$preset" --fix --fix-to dropin "$work/$way/$manager" >/dev/null
  done
done
[ -z "$keep" ] || cp -r "$work/." "$keep"

# The exposure of each unit: unit, tab, tenths with a point. One unit has a table, several are a list.
exposures() {
  local manager
  for manager in system user; do
    [ ! -d "$1/$manager" ] || node "$unitlint" security --no-config --target "$target" $([ $manager = system ] || echo --user) "$1/$manager" |
      sed -n -e 's/^. Overall exposure level for \(.*\/\)\{0,1\}\([^/]*\): \([0-9.]*\) .*/\2\t\3/p' \
        -e 's/^ *\([0-9][0-9.]*\) [A-Z].* \([^ ]*\/\)\{0,1\}\([^/ ]*\)$/\3\t\1/p'
  done
}

for way in plain ${ways//,/ } control; do
  boot try "$way" "$@" >"$work/$way.said" || exit 125
  grep -v '^#' "$work/$way.said" >"$work/$way.results"
  grep '^#' "$work/$way.said" | cut -f 3- | sort -u >"$work/$way.complaints"
  exposures "$work/$way" | sort -u |
    awk -F'\t' -v OFS='\t' -v suite="$suite" -v way="$way" 'NR == FNR {exposure[$1] = $2; next} {print suite, $1, way, $2, exposure[$3], $4}' - \
      <(sort "$work/$way.results") | tee -a "$work/rows"
done
if [ -n "$complaints" ]; then
  for way in ${ways//,/ }; do comm -13 "$work/plain.complaints" "$work/$way.complaints" | sed "s/^/$way\t/"; done >"$complaints"
fi
awk -F'\t' -v title="$suite, systemd $target" '
  $3 == "plain" {works[$4] = $6 == "works"}
  {count[$3]++; sum[$3] += $5; good[$3] += $6 == "works"; if (!(($3 == "control") != ($6 == "works")) || !works[$4]) failed = 1}
  END {
    for (way in count) printf "== %s, %s: %d of %d work, mean exposure %.2f\n", title, way, good[way], count[way], sum[way] / count[way]
    exit failed
  }' "$work/rows" >&2
