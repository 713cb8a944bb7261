"""Keeps a fixed list of capabilities by capset(), of which it uses one: a port below 1024."""
from client import talk

packages = 'libcap2-bin,socat'
control = 'CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETPCAP'
files = {
    '/etc/systemd/system/capset.service': """[Unit]
Description=Keeps a list

[Service]
ExecStart=/usr/sbin/capsh --caps=cap_net_bind_service,cap_sys_nice,cap_ipc_lock,cap_chown,cap_setuid,cap_setgid,cap_setpcap=eip -- /usr/local/sbin/listens
""",
    '/usr/local/sbin/listens': '#!/bin/sh\nexec socat TCP-LISTEN:823,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"echo hello"\n',
}


def ask():
    talk(823, b'', b'hello')
