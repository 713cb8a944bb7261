"""Monitoring, in Go, without a user: asks another server, and tells."""
from client import ORIGIN, page

packages = 'prometheus-blackbox-exporter'
files = {
    '/etc/systemd/system/go-exporter.service': """[Unit]
Description=Probes others

[Service]
ExecStart=/usr/bin/prometheus-blackbox-exporter --config.file=/etc/prometheus/blackbox.yml --web.listen-address=127.0.0.1:9116
Restart=always
""",
}


def ask():
    page(9116, f'/probe?module=http_2xx&target=http://127.0.0.1:{ORIGIN}/', 'probe_success 1')
