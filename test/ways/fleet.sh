# A fleet of ten thousand units in a repository: in shards, one report, and what the next release of Debian changes.
npm init --yes > npm.log; npm install --silent --save-dev "$PACKAGE"
set +x; for host in $(seq 100); do mkdir --parents "fleet/host-$host"; for number in $(seq 100); do printf '[Unit]\nDescription=Job %s\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/job %s\n' "$number" "$number" > "fleet/host-$host/job-$number.service"; done; done; set -x
printf 'PrivateTmp=maybe\n' >> fleet/host-7/job-7.service
for shard in 1 2 3 4; do npx unitlint --shard $shard/4 -f json -o shard-$shard.json fleet || test $? = 1; done
npx unitlint merge-reports -f sarif -o units.sarif shard-*.json || test $? = 1
npx unitlint merge-reports -f compact shard-*.json | grep ' error: '
npx unitlint upgrade --from debian-12 --to debian-13 fleet/host-7 | tail -n 3
npx unitlint fleet --exposure-baseline exposure.json --update-baseline -f compact > lint.txt || test $? = 1
npx unitlint fleet/host-9 --exposure-baseline exposure.json | tail -n 1
