#!/bin/bash
# bash test/shards.sh [UNITS [SHARDS [FORMATS]]]: lint so many units in shards by GNU parallel, put the reports together, and hold them to those of one run.
# Prints what each way takes, as ratios to one run, and ends with 1 where a byte differs. Needs GNU parallel; without it ends with 2.
set -euo pipefail
units=${1:-64000} shards=${2:-8} formats=${3:-json sarif}
top=$(cd "$(dirname "$0")/.." && pwd)
command -v parallel > /dev/null || { echo 'test/shards.sh: expected GNU parallel' >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

node --input-type=module - "$units" << 'JS'
import {mkdirSync, writeFileSync} from 'node:fs'
const units = Number(process.argv[2])
// A folder a host, of services with their timers and drop-ins, some of them with faults.
for (let index = 0; index < units; index++) {
  const host = `fleet/host-${Math.floor(index / 2000)}`
  if (index % 2000 === 0) mkdirSync(host, {recursive: true})
  const name = `${host}/job-${index >> 1}`
  if (index % 2 === 1) writeFileSync(`${name}.timer`, `[Timer]\nOnCalendar=${index % 50 === 1 ? 'dayly' : 'daily'}\n\n[Install]\nWantedBy=timers.target\n`)
  else writeFileSync(`${name}.service`, `[Unit]\nDescription=Job ${index}\n\n[Service]\nType=oneshot\n${index % 20 === 0 ? 'Restrat' : 'Restart'}=on-failure\nExecStart=/usr/bin/job ${index}\n`)
  if (index % 100 === 0) {
    mkdirSync(`${name}.service.d`)
    writeFileSync(`${name}.service.d/10-site.conf`, '[Service]\nNice=5\n')
  }
  if (index % 2000 === 0) {
    mkdirSync(`${host}/service.d`)
    // It amends all services of its host: fewer of them than a run reads such drop-ins.
    if (index < 8000) writeFileSync(`${host}/service.d/10-all.conf`, '[Service]\nNoNewPrivileges=maybe\n')
  }
}
JS

seconds() { # COMMAND...: what it takes, its status being that of units with faults
  local start=$EPOCHREALTIME
  "$@" || [ $? -lt 9 ]
  echo "$EPOCHREALTIME $start" | awk '{printf "%.2f\n", $1 - $2}'
}
unitlint() { node "$top/dist/cli.js" "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }

for format in $formats; do
  one=$(seconds unitlint -f $format -o "one.$format" fleet)
  split=$(seconds parallel --halt never -j "$(nproc)" node "$top/dist/cli.js" -f $format --shard "{}/$shards" -o "shard-{}.$format" fleet ::: $(seq "$shards"))
  merge=$(seconds unitlint merge-reports -o "merged.$format" shard-*."$format")
  cmp "one.$format" "merged.$format"
  echo "$format: $units units, $shards shards on $(nproc) processors: equal; shards $(ratio "$split" "$one") and merging $(ratio "$merge" "$one") of one run's time ($one s)"
done
