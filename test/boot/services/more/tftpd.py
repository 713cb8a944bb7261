"""Files, locks itself in, becomes a user: one fetched."""
import socket

packages = 'tftpd-hpa'
files = {
    '/etc/systemd/system/tftpd.service': """[Unit]
Description=TFTP
After=network.target

[Service]
ExecStart=/usr/sbin/in.tftpd --foreground --secure --user tftp -4 --address :6969 /srv/tftp
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/srv/tftp/x': 'hello\n',
}


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'\0\1x\0octet\0', ('127.0.0.1', 6969))
        answer = peer.recv(1000)
    assert b'hello' in answer, answer
