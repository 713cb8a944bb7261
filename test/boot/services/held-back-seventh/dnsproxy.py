"""DNS, hands questions on, starts as root, locks itself into a folder and becomes a user: a name that a server behind it knows."""
from client import nameserver, resolve

packages = 'dnsproxy'
files = {'/etc/dnsproxy.conf': 'authoritative 127.0.0.1\nauthoritative-port 53001\nauthoritative-timeout 10\nrecursive 127.0.0.1\nrecursive-port 53002\nrecursive-timeout 90\nlisten 127.0.0.1\nport 53000\nlisten_answer 127.0.0.1\nport_answer 53003\nchroot /var/spool/dnsproxy\nuser dnsproxy\ninternal 127.0.0.1\n'}


def prepare():
    for port in (53001, 53002):
        nameserver(port, '10.1.2.3')


def ask():
    resolve(53000, 'www.example.test', '10.1.2.3')
