#!/bin/bash
# trace.sh [options] [SERVICE...]
#
# Boots a Debian and has real services traced by strace while their clients ask them; then, with the drop-ins that `unitlint --fix --trace` makes of the
# logs, started without strace, reloaded, restarted and asked each time. A service is one file below services/, see services/README.md there.
#
#   --suite trixie|bookworm   systemd 257 or 252                                      (default trixie)
#   --set A,B                 folders of services/                                    (default core,more)
#   --way work|start          what is traced: all of it, or the start alone           (default work)
#   --presets A,B             what is fixed                                           (default hardened,auto)
#   --logs FOLDER             keep the logs there; those that are there are not made  (default: none)
#
# Prints a line for each service and preset, separated by tabs: suite, way, preset, service, exposure as installed and as fixed, and `works` or
# `breaks: REASON`; then the means on standard error. Exit status: 0 where all work, 1 where not, 125 as with-systemd.sh.
set -u
here=$(dirname "$(readlink -f "$0")")
unitlint=$here/../../dist/cli.js
suite=trixie sets=core,more way=work presets=hardened,auto logs=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --set) sets=$2; shift 2 ;;
    --way) way=$2; shift 2 ;;
    --presets) presets=$2; shift 2 ;;
    --logs) logs=$2; shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "trace: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ -e "$unitlint" ] || { echo 'trace: npm run build first' >&2; exit 1; }
case $suite in bookworm) target=252 ;; *) target=257 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
[ -n "$logs" ] || logs=$work/logs

binds=(--bind "$here/trace.py:/test/trace.py" --bind "$here/matrix.py:/test/matrix.py" --bind "$here/client.py:/test/client.py" --bind "$work:/test/units")
packages=strace
for set in ${sets//,/ }; do
  [ -d "$here/services/$set" ] || { echo "trace: no services/$set" >&2; exit 2; }
  binds+=(--bind "$here/services/$set:/test/services/$set")
  packages+=,$(sed -n "s/^packages = '\(.*\)'.*/\1/p" "$here/services/$set"/*.py | paste -sd,)
done
for service; do
  compgen -G "$here/services/*/$service.py" >/dev/null || { echo "trace: no service $service" >&2; exit 2; }
done
packages=$(echo "$packages" | tr ',' '\n' | sed '/^$/d' | sort -u | paste -sd,)
boot() { "$here/with-systemd.sh" --suite "$suite" --packages "$packages" "${binds[@]}" --timeout 3000 -- python3 "$@"; }

boot /test/matrix.py units "$@" >"$work/units.tar" || exit 125
tar -xf "$work/units.tar" -C "$work" && rm "$work/units.tar"
if [ ! -d "$logs" ]; then
  mkdir -p "$logs"
  boot /test/trace.py "$way" "$@" >"$work/logs.tar" || exit 125
  tar -xf "$work/logs.tar" -C "$logs" && rm "$work/logs.tar"
fi

# The unit of a service: its own word, or its name.
unit_of() {
  local unit
  unit=$(sed -n "s/^unit = '\(.*\)'.*/\1/p" "$here"/services/*/"$1".py | head -1)
  echo "${unit:-$1.service}"
}
exposure_of() { node "$unitlint" security --no-config --target "$target" "$1" | sed -n 's/^. Overall exposure level for .*: \([0-9.]*\) .*/\1/p'; }

names=()
for folder in "$logs"/*/; do
  name=$(basename "$folder")
  [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
  [ ! -e "$work/plain/system/$(unit_of "$name")" ] || names+=("$name")
done
for preset in ${presets//,/ }; do
  cp -r "$work/plain" "$work/$preset"
  for name in "${names[@]}"; do
    unit=$(unit_of "$name")
    node "$unitlint" --no-config --target "$target" --preset "$preset" --trace "$logs/$name" --fix --fix-to dropin "$work/$preset/system/$unit" \
      >/dev/null 2>"$work/$preset.$name.said"
    [ $? -lt 2 ] || { echo "trace: $name: $(cat "$work/$preset.$name.said")" >&2; }
  done
done
for preset in ${presets//,/ }; do
  boot /test/matrix.py try "$preset" "${names[@]}" >"$work/$preset.results" || exit 125
  for name in "${names[@]}"; do
    unit=$(unit_of "$name")
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$suite" "$way" "$preset" "$name" "$(exposure_of "$work/plain/system/$unit")" \
      "$(exposure_of "$work/$preset/system/$unit")" "$(awk -F'\t' -v name="$name" '$2 == name {print $4}' "$work/$preset.results")"
  done | tee -a "$work/rows"
done
awk -F'\t' '
  {count[$3]++; before[$3] += $5; after[$3] += $6; good[$3] += $7 == "works"; if ($7 != "works") failed = 1}
  END {
    for (preset in count) printf "== %s: %d of %d work, mean exposure %.2f -> %.2f\n", preset, good[preset], count[preset], before[preset] / count[preset], after[preset] / count[preset]
    exit failed
  }' "$work/rows" >&2
