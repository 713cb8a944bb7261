"""Socket activation, an instance a connection: a line comes back in capitals."""
import socket

unit = 'socket-echo@.service'
starts = 'socket-echo.socket'
control = 'NoExecPaths=/usr/bin/tr'
files = {
    '/etc/systemd/system/socket-echo.socket': """[Socket]
ListenStream=127.0.0.1:8002
Accept=yes
""",
    '/etc/systemd/system/socket-echo@.service': """[Service]
ExecStart=/usr/bin/tr a-z A-Z
StandardInput=socket
StandardOutput=socket
""",
}


def ask():
    with socket.create_connection(('127.0.0.1', 8002), timeout=5) as peer:
        peer.sendall(b'hello\n')
        peer.shutdown(socket.SHUT_WR)
        answer = peer.recv(100)
    assert answer == b'HELLO\n', answer
