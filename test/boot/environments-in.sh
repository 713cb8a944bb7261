# environments-in.sh ENVIRONMENT RESULT: boots /container in a container of that kind, see environments.sh.
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
environment=$1 result=$2
mount --make-rshared /
base=131072

# Files belong to users of the container.
shift_owners() {
  python3 - "$base" <<'PY'
import os, sys
base = int(sys.argv[1])
for folder, folders, files in os.walk('/container'):
    for name in ['.', *folders, *files]:
        path = os.path.join(folder, name)
        its = os.lstat(path)
        if its.st_uid < base:
            os.lchown(path, its.st_uid + base, its.st_gid + base)
            if not os.path.islink(path): os.chmod(path, its.st_mode & 0o7777)
PY
}

start() {
  case $environment in
    bare) SYSTEMD_SECCOMP=0 SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes systemd-nspawn --directory=/container --boot --register=no --keep-unit --settings=no --machine=probe --private-network --link-journal=no --resolv-conf=off --timezone=off --console=read-only --capability=all --bind=/sys/fs/bpf ;;
    nspawn) systemd-nspawn --directory=/container --boot --register=no --keep-unit --settings=no --machine=probe --private-network --link-journal=no --console=read-only ;;
    nspawn-private-users) systemd-nspawn --directory=/container --boot --register=no --keep-unit --settings=no --machine=probe --private-network --link-journal=no --console=read-only --private-users=$base:65536 --private-users-ownership=chown ;;
    lxc | lxc-unprivileged)
      mkdir -p /var/lib/lxc/probe
      {
        echo 'lxc.include = /usr/share/lxc/config/common.conf'
        [ $environment = lxc ] || printf 'lxc.include = /usr/share/lxc/config/userns.conf\nlxc.idmap = u 0 %s 65536\nlxc.idmap = g 0 %s 65536\n' $base $base
        printf 'lxc.rootfs.path = dir:/container\nlxc.uts.name = probe\nlxc.net.0.type = empty\nlxc.apparmor.profile = unchanged\n'
      } >/var/lib/lxc/probe/config
      [ $environment = lxc ] || { printf 'root:%s:65536\n' $base | tee /etc/subuid >/etc/subgid; shift_owners; }
      lxc-start -n probe -F -l INFO -o /dev/stdout ;;
    podman) podman --cgroup-manager=cgroupfs --storage-driver=vfs run --name probe --network=none --systemd=always --pids-limit=0 --rootfs /container /sbin/init ;;
    rootless)
      useradd -m u 2>/dev/null
      echo "u:$base:65536" >/etc/subuid; cp /etc/subuid /etc/subgid
      uid=$(id -u u)
      base=$((base - 1)) shift_owners
      chown $uid:$uid /container
      find /container -uid $((base - 1)) -exec chown -h $uid:$uid {} +
      mkdir -p /run/user/$uid && chown u:u /run/user/$uid
      group=/sys/fs/cgroup/rootless
      mkdir $group $group/own && chown -R u:u $group && echo $BASHPID >$group/own/cgroup.procs
      chown u:u /sys/fs/cgroup/cgroup.procs
      setpriv --reuid u --regid u --init-groups env HOME=/home/u XDG_RUNTIME_DIR=/run/user/$uid podman --cgroup-manager=cgroupfs --storage-driver=vfs run --name probe --network=none --systemd=always --pids-limit=0 --rootfs /container /sbin/init ;;
    docker | docker-privileged)
      mkdir -p /etc/docker
      dockerd --bridge=none --iptables=false --ip6tables=false --storage-driver=vfs --exec-opt native.cgroupdriver=cgroupfs >/io/dockerd.log 2>&1 &
      for _ in {1..100}; do docker version >/dev/null 2>&1 && break; sleep 0.2; done
      tar -C /container -c . | docker import - probe >/dev/null
      rm -rf /container/*
      options=(--cgroupns=private --tmpfs /run --tmpfs /run/lock -v /sys/fs/cgroup:/sys/fs/cgroup:rw)
      [ $environment = docker ] || options=(--privileged --cgroupns=private --tmpfs /run --tmpfs /run/lock)
      docker run --name probe --network none -e container=docker "${options[@]}" probe /sbin/init ;;
  esac
}
found() {
  case $environment in
    docker*) docker cp probe:/result.json "$result" 2>/dev/null ;;
    *) [ -e /container/result.json ] && cp /container/result.json "$result" ;;
  esac
}
start &
for _ in {1..1200}; do
  found && exit 0
  kill -0 $! 2>/dev/null || { sleep 1; found; exit; }
  sleep 0.5
done
