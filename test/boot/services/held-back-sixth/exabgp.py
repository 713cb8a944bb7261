"""Network in Python, a user of its own, pipes in /run, programs that it starts: a route that a script of ours has it announce, seen by a peer."""
import socket
import struct

from client import run, write

packages = 'exabgp'
patience = 40
files = {
    '/etc/exabgp/exabgp.conf': """process routes {
  run /etc/exabgp/routes.sh;
  encoder text;
}
neighbor 127.0.0.1 {
  router-id 10.0.0.1;
  local-address 127.0.0.1;
  local-as 65001;
  peer-as 65002;
  passive true;
  api { processes [ routes ]; }
}
""",
    '/etc/exabgp/routes.sh': '#!/bin/sh\nsleep 1\necho announce route 198.51.100.0/24 next-hop 192.0.2.1\nwhile :; do sleep 5; done\n',
    '/etc/systemd/system/exabgp.service.d/10-port.conf': '[Service]\nEnvironment=exabgp_tcp_bind=127.0.0.1\nEnvironment=exabgp_tcp_port=1790\n',
}


def ask():
    with socket.create_connection(('127.0.0.1', 1790), timeout=15) as peer:
        peer.sendall(b'\xff' * 16 + struct.pack('>HBBHH4sB', 37, 1, 4, 65002, 180, socket.inet_aton('127.0.0.1'), 8) + bytes([2, 6, 1, 4, 0, 1, 0, 1]))
        said, sent = b'', False
        while bytes([24, 198, 51, 100]) not in said:
            part = peer.recv(4096)
            assert part, said
            said += part
            if not sent and len(said) >= 19:
                peer.sendall(b'\xff' * 16 + struct.pack('>HB', 19, 4))
                sent = True
