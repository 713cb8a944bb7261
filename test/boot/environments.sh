#!/bin/bash
# environments.sh [ENVIRONMENT...]
#
# Boots systemds 252 and 257 in containers of all kinds, tries each line of environments.tsv there, and compares what becomes of it with
# what stands in that file. Ten minutes. Exit status: 0 when all is as it stands, 1 with the lines that differ; 125 where that cannot be
# tried. FOLDER=... keeps what was seen. `npm run facts -- environments` takes the file in.
#
# The containers are made by the programs that people make them with, in a Debian without a systemd of its own: a root file system with
# namespaces, a control group, and nothing of this machine's. `bare` has all rights, and tells what a line does where nothing is in its way.
set -u
self=$(readlink -f "$0")
here=$(dirname "$self")
environments=(bare nspawn nspawn-private-users lxc lxc-unprivileged podman rootless docker docker-privileged)
[ $# -eq 0 ] || [ -n "${ENVIRONMENTS_INSIDE:-}" ] || environments=("$@")

die() {
  echo "environments: $*" >&2
  exit 125
}

if [ -z "${ENVIRONMENTS_INSIDE:-}" ]; then
  work=${FOLDER:-$(mktemp -d)}
  [ -n "${FOLDER:-}" ] || trap 'rm -rf "$work"' EXIT
  tools=systemd-container,lxc,podman,crun,docker.io,docker-cli,uidmap,iproute2,fuse-overlayfs,netavark
  host=$("$here/with-systemd.sh" --build-only --packages $tools) || exit 125
  hierarchy=$(awk '$3 == "cgroup2" {print $2; exit}' /proc/self/mounts)
  for suite in bookworm trixie; do
    root=$("$here/with-systemd.sh" --build-only --suite $suite --packages libbpf1) || exit 125
    for environment in "${environments[@]}"; do
      group=$hierarchy/environments.$$
      mkdir -p "$group" || die "cannot make $group"
      (
        echo "$BASHPID" >"$group/cgroup.procs"
        ENVIRONMENTS_INSIDE=1 exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child --propagation private -- \
          "$self" "$environment" "$host" "$root" "$work/$environment-$suite.json"
      ) </dev/null >"$work/$environment-$suite.log" 2>&1
      echo 1 >"$group/cgroup.kill"
      for _ in {1..40}; do find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break; sleep 0.1; done
      [ -s "$work/$environment-$suite.json" ] || echo "environments: $environment of $suite did not boot" >&2
    done
  done
  python3 "$here/environments.py" judge "$work" >"$work/found" || exit 125
  [ $# -gt 0 ] || diff "$here/environments.tsv" "$work/found"
  exit
fi

# Inside: the root is the Debian with the tools, in an overlay in memory.
environment=$1 host=$2 root=$3 result=$4
mount -t tmpfs tmpfs /mnt && mkdir -p /mnt/{upper,work,host,container,cwork} || die 'cannot mount'
mount -t overlay -o lowerdir="$host",upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/host || die 'cannot mount the overlay'
new=/mnt/host
mkdir -p $new/{container,lower,old,io}
mount -t tmpfs -o mode=755 tmpfs $new/container
cp -a "$root/." $new/container || die 'cannot copy the root'
mkdir -p $new/container/usr/lib/probe
cp "$here/environments.py" $new/container/usr/lib/probe/environments.py
grep -v '^#\|^line' "$here/environments.tsv" | cut -f 1 >$new/container/usr/lib/probe/lines
cat >$new/container/etc/systemd/system/drive.service <<UNIT
[Unit]
After=multi-user.target
[Service]
Type=oneshot
TimeoutStartSec=600
ExecStart=/usr/bin/python3 /usr/lib/probe/environments.py drive /usr/lib/probe/lines
UNIT
mkdir -p $new/container/etc/systemd/system/multi-user.target.wants
sed -i 's/^After=.*/DefaultDependencies=no\nAfter=basic.target/' $new/container/etc/systemd/system/drive.service
ln -s ../drive.service $new/container/etc/systemd/system/multi-user.target.wants/drive.service
mount -t proc proc $new/proc
mount -t sysfs sysfs $new/sys
mount -t cgroup2 cgroup2 $new/sys/fs/cgroup
mount --rbind /dev $new/dev
mount -t tmpfs tmpfs $new/run
mount -t tmpfs tmpfs $new/tmp
chmod 1777 $new/tmp
ip link set lo up
touch "$result" && mount --bind "$(dirname "$result")" $new/io
cp "$here/environments-in.sh" $new/usr/bin/environments-in
cd $new && pivot_root . old && exec chroot . /bin/bash -c "umount -l /old; exec /bin/bash /usr/bin/environments-in $environment /io/$(basename "$result")"
