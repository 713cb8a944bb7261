"""A script of the shell, as root, that builds a folder of its own kind: programs and libraries copied, devices made, file systems mounted, and a program run locked into it as another user."""
from client import read, talk

packages = 'socat'
control = 'CapabilityBoundingSet=~CAP_MKNOD CAP_SYS_CHROOT'
files = {
    '/etc/systemd/system/jail.service': """[Unit]
Description=jail
After=network.target

[Service]
ExecStartPre=/usr/local/lib/jail/build /srv/jail
ExecStart=/usr/sbin/chroot --userspec=nobody:nogroup /srv/jail /usr/bin/socat TCP-LISTEN:8411,bind=127.0.0.1,reuseaddr,fork EXEC:/bin/who
ExecStopPost=-/bin/umount /srv/jail/proc
ExecStopPost=-/bin/umount /srv/jail/data
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/lib/jail/build': """#!/bin/sh
set -e
cd "$1" 2>/dev/null || { mkdir -p "$1"; cd "$1"; }
mkdir -p bin dev etc proc data tmp usr/bin
[ -c dev/null ] || mknod -m 666 dev/null c 1 3
[ -c dev/urandom ] || mknod -m 666 dev/urandom c 1 9
chmod 1777 tmp
for program in /bin/sh /usr/bin/id /bin/cat /usr/bin/head /usr/bin/od /usr/bin/socat /bin/ls; do
  cp -L $program bin/
  for library in $(ldd $program | grep -o '/[^ ]*'); do mkdir -p ".$(dirname "$library")"; cp -L "$library" ".$library"; done
done
cp bin/socat usr/bin/
printf '#!/bin/sh\\necho $(/bin/id -u) $(/bin/ls /) $(/bin/cat /data/word) > /tmp/said\\n/bin/cat /tmp/said\\n/bin/head -c 2 /dev/urandom > /dev/null && echo random\\n[ -r /proc/self/status ] && echo proc\\n' > bin/who
chmod 755 bin/who
grep nobody /etc/passwd > etc/passwd
mountpoint -q proc || mount -t proc proc proc
mountpoint -q data || mount --bind /srv/jail-data data
""",
    '/srv/jail-data/word': 'inside\n',
}


def ask():
    talk(8411, b'', b'65534 bin data dev etc')
    talk(8411, b'', b'random\nproc')
    assert 'inside' in read('/srv/jail/tmp/said')
