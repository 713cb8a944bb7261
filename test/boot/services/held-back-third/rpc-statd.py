"""Files, who holds locks, forks and becomes a user: found in the table of programs, and asked for its state."""
import os
import socket
import struct

from client import has, run

packages = 'nfs-common,rpcbind'
control = 'CapabilityBoundingSet=~CAP_SETUID'


def ask():
    said = run('rpcinfo', '-p', '127.0.0.1', check=True).stdout
    port = next(int(line.split()[3]) for line in said.splitlines() if '100024' in line and 'tcp' in line)
    # SM_SIMU_CRASH is not asked: SM_STAT of a name of this machine.
    name = b'localhost'
    call = struct.pack('>6I', 7, 0, 2, 100024, 1, 1) + struct.pack('>4I', 0, 0, 0, 0) + struct.pack('>I', len(name)) + name + b'\0' * (-len(name) % 4)
    with socket.create_connection(('127.0.0.1', port), timeout=5) as peer:
        peer.sendall(struct.pack('>I', 0x80000000 | len(call)) + call)
        answer = peer.recv(100)
    assert struct.unpack('>I', answer[4:8])[0] == 7 and len(answer) >= 36, answer
    assert os.path.exists('/var/lib/nfs/state') or os.path.exists('/var/lib/nfs/sm')
    has('statd', run('sh', '-c', 'cat /proc/[0-9]*/comm').stdout)
