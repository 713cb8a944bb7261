"""A script of the shell, as root, once a boot: the name of the host, its zone of time, a setting of the kernel, keys for logins, a user, files of /etc and a job of cron."""
import os

from client import has, read, run

packages = 'openssh-server,tzdata,cron,iproute2'
control = 'ProtectSystem=full'
files = {
    '/etc/systemd/system/provision.service': """[Unit]
Description=Provision this host
Before=multi-user.target
ConditionPathExists=!/etc/provisioned

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/provision

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/sbin/provision': """#!/bin/bash
set -e
. /etc/provision.conf
hostname "$NAME"
echo "$NAME" > /etc/hostname
sed -i "s/localhost test.*/localhost $NAME/" /etc/hosts
ln -sf "/usr/share/zoneinfo/$ZONE" /etc/localtime
echo "net.ipv4.ip_forward = 1" > /etc/sysctl.d/50-provision.conf
sysctl -q -w net.ipv4.ip_forward=1
rm -f /etc/ssh/ssh_host_*
ssh-keygen -A > /dev/null
id sshadm > /dev/null 2>&1 || useradd -m -s /bin/bash sshadm
install -d -m 700 -o sshadm -g sshadm /home/sshadm/.ssh
echo "$KEY" > /home/sshadm/.ssh/authorized_keys
echo "0 5 * * * root /usr/local/sbin/provision" > /etc/cron.d/provision
chmod u+s /usr/local/bin/provision-helper
ip link add name prov0 type dummy 2>/dev/null || ip link add name prov0 type bridge || true
mkdir -p /root/.config && date > /root/.config/provisioned
systemctl enable -q cron.service || true
printf 'Welcome to %s\\n' "$NAME" > /etc/issue
""",
    '/usr/local/bin/provision-helper': '#!/bin/sh\ntrue\n',
    '/etc/provision.conf': 'NAME=shop7\nZONE=Europe/Vienna\nKEY="ssh-ed25519 AAAA u"\n',
}


def prepare():
    run('sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward')


def ask():
    assert os.uname().nodename == 'shop7' and os.readlink('/etc/localtime').endswith('Vienna')
    has('Welcome to shop7', read('/etc/issue'))
    assert read('/proc/sys/net/ipv4/ip_forward').strip() == '1'
    assert os.stat('/home/sshadm/.ssh/authorized_keys').st_size and os.path.exists('/etc/ssh/ssh_host_ed25519_key')
    assert os.stat('/usr/local/bin/provision-helper').st_mode & 0o4000
    assert os.path.exists('/sys/class/net/prov0') and os.path.exists('/root/.config/provisioned') and os.path.exists('/etc/cron.d/provision')
    run('sh', '-c', 'hostname test; rm /etc/issue /etc/localtime /etc/cron.d/provision /root/.config/provisioned; ip link del prov0; chmod u-s /usr/local/bin/provision-helper; echo 0 > /proc/sys/net/ipv4/ip_forward; sed -i s/shop7/test/ /etc/hosts; userdel -r sshadm')
