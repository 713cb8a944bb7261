"""Network, a tunnel, of a template: its device is there, and a peer's greeting is answered."""
import socket

from client import has, run, write

packages = 'openvpn,openssl,iproute2'
unit = 'openvpn-server@x.service'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 30


def prepare():
    run('sh', '-c', 'mkdir -p /dev/net && mknod -m 666 /dev/net/tun c 10 200')
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=x', '-keyout', '/etc/openvpn/server/x.key', '-out', '/etc/openvpn/server/x.crt', check=True)
    write('/etc/openvpn/server/x.conf', 'port 1194\nproto udp\ndev tun7\nserver 198.51.100.0 255.255.255.0\nca x.crt\ncert x.crt\nkey x.key\ndh none\nifconfig-pool-persist /var/log/openvpn/ipp.txt\nkeepalive 10 120\nuser nobody\ngroup nogroup\npersist-key\npersist-tun\n')


def ask():
    has('198.51.100.1', run('ip', 'address', 'show', 'dev', 'tun7', check=True).stdout)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'\x38' + b'a session' [:8] + b'\0' + b'\0\0\0\0', ('127.0.0.1', 1194))
        assert peer.recv(100)[:1] == b'\x40'
