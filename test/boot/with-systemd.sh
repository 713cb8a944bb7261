#!/bin/bash
# with-systemd.sh [options] [--] COMMAND [ARG...]
#
# Boots a throw-away Debian with systemd as PID 1, runs COMMAND in it, and powers it off.
#
#   --suite NAME           Debian suite                        (default trixie)
#   --packages A,B,C       packages to have besides systemd    (a root file system is cached for each set)
#   --bind SOURCE:TARGET   show a folder of the host there, read-only (repeatable)
#   --timeout SECONDS      kill COMMAND after so long          (default 600)
#   --console FILE         where the console of the boot goes  (default: in the cache, kept when the boot fails)
#   --build-only           only make sure that the root file system is cached
#   --rebuild              make the root file system anew
#
# A boot has an overlay in memory, a network of loopback only, and namespaces and a control group of its own: each starts from
# the same state, and many can run at once. Building takes half a minute, booting half a second.
# Needs root, overlayfs, control groups v2, and apt. Nothing is installed: systemd-nspawn and mmdebstrap are unpacked into the
# cache when they are missing. MIRROR overrides the Debian archive that apt uses here.
# Exit status: that of COMMAND; 124 when it timed out; 125 when it could not be run.
set -u
self=$(readlink -f "$0")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/unitlint-boot
suite=trixie packages='' timeout=600 console='' build_only=0 rebuild=0
binds=()
base=systemd,systemd-sysv,dbus,libpam-systemd,libnss-systemd,procps,python3

die() {
  echo "with-systemd: $*" >&2
  exit 125
}

arguments=("$@")
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --packages) packages=$2; shift 2 ;;
    --bind) binds+=("--bind-ro=$2"); shift 2 ;;
    --timeout) timeout=$2; shift 2 ;;
    --console) console=$2; shift 2 ;;
    --build-only) build_only=1; shift ;;
    --rebuild) rebuild=1; shift ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$self"; exit 0 ;;
    --) shift; break ;;
    -*) die "unknown option $1" ;;
    *) break ;;
  esac
done
[ "$build_only" = 1 ] || [ $# -gt 0 ] || die 'no command given'
[ "$(id -u)" = 0 ] || die 'needs root'
include=$base${packages:+,$packages}
rootfs=$cache/$suite-$(echo "$include" | tr ',' '\n' | sort -u | sha256sum | cut -c1-12)
tools=$cache/tools

# Unpacks packages into the cache, without installing them.
unpack() {
  mkdir -p "$tools/debs"
  (cd "$tools/debs" && apt-get download -o APT::Sandbox::User=root "$@" >/dev/null) || die "cannot download $*"
  local deb
  for deb in "$tools"/debs/*.deb; do dpkg -x "$deb" "$tools" && rm "$deb"; done
}

find_nspawn() {
  nspawn=$(command -v systemd-nspawn) && return
  [ -x "$tools/usr/bin/systemd-nspawn" ] || unpack systemd-container libsystemd-shared
  nspawn=$tools/usr/bin/systemd-nspawn
  LD_LIBRARY_PATH=$(dirname "$(find "$tools" -name 'libsystemd-shared-*.so' -print -quit)")
  export LD_LIBRARY_PATH
}

# So that who has all does not wait for who builds another.
is_ready() {
  [ "$rebuild" = 0 ] && [ -e "$rootfs/.complete" ] && { command -v systemd-nspawn || [ -x "$tools/usr/bin/systemd-nspawn" ]; } >/dev/null
}

build_rootfs() {
  [ "$rebuild" = 0 ] || rm -rf --one-file-system "$rootfs"
  [ ! -e "$rootfs/.complete" ] || return 0
  local mirror mmdebstrap
  tmp=$rootfs.tmp.$$
  trap 'rm -rf --one-file-system "$tmp"' EXIT
  mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 '/debian/*$')}
  [ -n "$mirror" ] || die 'apt knows no Debian archive here, set MIRROR'
  mmdebstrap=$(command -v mmdebstrap) || {
    [ -x "$tools/usr/bin/mmdebstrap" ] || unpack mmdebstrap
    mmdebstrap=$tools/usr/bin/mmdebstrap
  }
  echo "with-systemd: building $rootfs" >&2
  PATH=$tools/usr/bin:$PATH "$mmdebstrap" --mode=root --variant=minbase --include="$include" \
    --essential-hook='mkdir -p "$1"/usr/share/man/man1 "$1"/usr/share/man/man8' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --aptopt='Apt::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
    "$suite" "$tmp" "$mirror" >"$rootfs.log" 2>&1 || {
    tail -5 "$rootfs.log" >&2
    die 'mmdebstrap failed'
  }
  end_all_of "$tmp"
  quieten "$tmp"
  touch "$tmp/.complete"
  rm -rf --one-file-system "$rootfs"
  mv "$tmp" "$rootfs"
}

# What a package started there, an agent of GnuPG say, and left.
end_all_of() {
  local process
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/root")" != "$1" ] || kill "${process#/proc/}"
  done 2>/dev/null
}

# Nothing starts unless a test starts it, nothing touches the kernel that is the host's too, no work of a first boot.
quieten() {
  local root=$1 unit
  rm -rf "$root"/etc/systemd/system/*.wants "$root"/etc/rc?.d/S*
  for unit in systemd-sysctl.service systemd-modules-load.service systemd-binfmt.service \
    proc-sys-fs-binfmt_misc.automount proc-sys-fs-binfmt_misc.mount sys-kernel-config.mount \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount dev-hugepages.mount \
    systemd-udevd.service systemd-udev-trigger.service systemd-udevd-control.socket systemd-udevd-kernel.socket \
    systemd-journald-audit.socket systemd-timesyncd.service systemd-hwdb-update.service kmod-static-nodes.service \
    systemd-firstboot.service systemd-random-seed.service systemd-pstore.service systemd-update-utmp.service \
    console-getty.service getty.target apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
    fstrim.timer e2scrub_all.timer systemd-tmpfiles-clean.timer; do
    ln -sfn /dev/null "$root/etc/systemd/system/$unit"
  done
  ln -sfn /usr/lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
  mkdir -p "$root/etc/systemd/journald.conf.d"
  printf '[Journal]\nStorage=volatile\nAudit=\nRateLimitIntervalSec=0\n' >"$root/etc/systemd/journald.conf.d/test.conf"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  echo test >"$root/etc/hostname"
  printf '127.0.0.1 localhost test\n::1 localhost\n' >"$root/etc/hosts"
  rm -f "$root/etc/resolv.conf"
  : >"$root/etc/resolv.conf"
  : >"$root/etc/fstab"
  chroot "$root" ldconfig
  touch "$root/etc/.updated" "$root/var/.updated"
}

# Stage 1: a control group of our own, so that "all of it" has a name, and namespaces whose end is the end of everything inside.
if [ -z "${WITH_SYSTEMD_GROUP:-}" ]; then
  mkdir -p "$cache"
  is_ready || (flock 9 && build_rootfs && find_nspawn) 9>"$cache/lock" || exit 125
  [ "$build_only" = 0 ] || { echo "$rootfs"; exit 0; }
  hierarchy=$(awk '$3 == "cgroup2" {print $2; exit}' /proc/self/mounts)
  [ -n "$hierarchy" ] || die 'no control groups v2 on this machine'
  group=$(awk -F: '$1 == "0" {print $3}' /proc/self/cgroup)
  group=${group%/}/with-systemd.$$
  mkdir -p "$hierarchy$group/run" || die "cannot make $hierarchy$group"
  sweep() {
    local _
    for _ in {1..20}; do
      find "$hierarchy$group" -depth -type d -exec rmdir {} + 2>/dev/null && return
      echo 1 >"$hierarchy$group/cgroup.kill"
      sleep 0.1
    done
    echo "with-systemd: $hierarchy$group is left over" >&2
  }
  stop() {
    sweep
    rm -f "$cache/console.$$.log"
    exit "$1"
  }
  trap 'stop 143' TERM
  trap 'stop 130' INT
  trap 'stop 129' HUP
  (
    echo "$BASHPID" >"$hierarchy$group/run/cgroup.procs" || exit 125
    WITH_SYSTEMD_GROUP=$group exec setpriv --pdeathsig KILL \
      unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- "$self" "${arguments[@]}"
  ) <&0 &
  wait $!
  status=$?
  sweep
  exit $status
fi

# Stage 2, inside: boot, run, power off.
umask 022
[ -n "$console" ] || console=$cache/console.${WITH_SYSTEMD_GROUP##*.}.log
find_nspawn
mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/systemd /run/lock /run/boot/{upper,work,root} || die 'cannot mount /run'
mount -t overlay -o lowerdir="$rootfs",upperdir=/run/boot/upper,workdir=/run/boot/work overlay /run/boot/root || die 'cannot mount the overlay'
while read -r path; do umount "$path" 2>/dev/null; done < <(awk '$2 ~ "^/sys/fs/cgroup" {print $2}' /proc/self/mounts | sort -r)
mount -t cgroup2 cgroup2 /sys/fs/cgroup || die 'cannot mount the control groups'

# nspawn's own filter of system calls and its bounding set would hide what a unit's options do, IPAddressDeny= and DevicePolicy= among others.
# It starts process 1 with all capabilities inheritable, which the kernel does not: programs that look at theirs, such as `ip`, would not mind.
init=(setpriv --inh-caps=-all --ambient-caps=-all /usr/lib/systemd/systemd)
SYSTEMD_SECCOMP=0 SYSTEMD_NSPAWN_API_VFS_WRITABLE=network "$nspawn" --directory=/run/boot/root --kill-signal=SIGRTMIN+3 --register=no --keep-unit \
  --settings=no --machine="test-${WITH_SYSTEMD_GROUP##*.}" --quiet --private-network --link-journal=no --resolv-conf=off --timezone=off \
  --console=read-only --capability=all ${binds[@]+"${binds[@]}"} "${init[@]}" </dev/null >"$console" 2>&1 &
nspawn_pid=$!

# The container's PID 1: the systemd in our control group that is process 1 of its own namespace.
leader() {
  local pid
  for pid in $(find "/sys/fs/cgroup$WITH_SYSTEMD_GROUP" -name cgroup.procs -exec cat {} + 2>/dev/null); do
    awk '/^NSpid:/ {exit !(NF >= 3 && $NF == 1)}' "/proc/$pid/status" 2>/dev/null || continue
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = systemd ] && echo "$pid" && return
  done
  return 1
}
inside() {
  nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup --root --wd=/ -- \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
}
give_up() {
  kill -9 "${leader:-$nspawn_pid}" 2>/dev/null
  tail -20 "$console" >&2
  die "$1"
}

deadline=$((SECONDS + 60)) leader='' state=''
until [ -n "$leader" ]; do
  kill -0 $nspawn_pid 2>/dev/null && [ $SECONDS -lt $deadline ] || give_up 'systemd did not start'
  leader=$(leader) || sleep 0.02
done
until [ "$state" = running ] || [ "$state" = degraded ]; do
  kill -0 "$leader" 2>/dev/null && [ $SECONDS -lt $deadline ] || give_up "the boot did not finish, it is $state"
  state=$(inside timeout 20 systemctl is-system-running --wait 2>/dev/null) || sleep 0.05
done

inside timeout --kill-after=5 "$timeout" \
  systemd-run --quiet --wait --pipe --collect --service-type=exec --unit=test-command -- "$@"
status=$?

kill -RTMIN+4 "$leader" 2>/dev/null # power off, see systemd(1), SIGRTMIN+4
for _ in {1..400}; do
  kill -0 $nspawn_pid 2>/dev/null || break
  sleep 0.05
done
kill -9 "$leader" $nspawn_pid 2>/dev/null
wait $nspawn_pid 2>/dev/null
[ "$console" != "$cache/console.${WITH_SYSTEMD_GROUP##*.}.log" ] || rm -f "$console"
exit $status
