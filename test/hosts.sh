#!/bin/bash
# bash test/hosts.sh: the recipe of docs/ci.md for several hosts, where each is this machine, reached by ssh on its loopback: shards by GNU parallel,
# whose reports come together to that of one run. Needs root, sshd and GNU parallel; without them ends with 2.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] && command -v parallel > /dev/null && [ -x /usr/sbin/sshd ] || { echo 'test/hosts.sh: expected root, sshd and GNU parallel' >&2; exit 2; }
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
cd "$scratch"
chmod 755 .

ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
cp user.pub authorized_keys
mkdir -p /run/sshd
port=22622
/usr/sbin/sshd -D -e -f /dev/null -o Port=$port -o ListenAddress=127.0.0.1 -o ListenAddress=127.0.0.2 -o HostKey="$scratch/host" -o AuthorizedKeysFile="$scratch/authorized_keys" \
  -o StrictModes=no -o PasswordAuthentication=no -o PidFile=none -o PermitRootLogin=prohibit-password 2> sshd.log &
server=$!
printf '#!/bin/sh\nexec /usr/bin/ssh -q -p %s -i %s/user -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "$@"\n' "$port" "$scratch" > connect
printf '#!/bin/sh\nexec %s %s/dist/cli.js "$@"\n' "$(command -v node)" "$top" > unitlint
chmod +x connect unitlint
for _ in $(seq 50); do ./connect 127.0.0.1 true && break; sleep 0.1; done

mkdir -p units/service.d
for index in $(seq 40); do printf '[Service]\nExecStart=/usr/bin/job %s\n%s=always\n' "$index" "$([ $((index % 7)) = 0 ] && echo Restrat || echo Restart)" > "units/job-$index.service"; done
printf '[Service]\nNoNewPrivileges=maybe\n' > units/service.d/10-all.conf

export PATH="$scratch:$PATH"
cp connect ssh
# As in the guide, but for the folder.
parallel --will-cite --link "ssh {2} 'cd $scratch && PATH=$scratch:/usr/bin:/bin unitlint --shard {1}/8 -f json units' > shard-{1}.json" \
  ::: 1 2 3 4 5 6 7 8 ::: 127.0.0.1 127.0.0.2 || [ $? -le 8 ]
for format in json sarif; do
  unitlint merge-reports -f $format shard-*.json > merged.$format || [ $? = 1 ]
  unitlint -f $format units > one.$format || [ $? = 1 ]
  cmp one.$format merged.$format
done
echo "40 units in 8 shards over 2 hosts: equal"
