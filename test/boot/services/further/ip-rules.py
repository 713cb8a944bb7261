"""Once as the machine starts, commands in the unit: rules, a route and a sysctl, undone when it stops."""
from client import has, read, run

packages = 'iproute2,procps'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
files = {
    '/etc/systemd/system/ip-rules.service': """[Unit]
Description=Rules for routing
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/ip rule add from 198.51.100.77 table 77
ExecStart=-/usr/sbin/ip route add blackhole 203.0.113.128/25 table 77
ExecStart=/usr/sbin/sysctl -w net.ipv4.conf.lo.rp_filter=2
ExecStop=/usr/sbin/ip rule del from 198.51.100.77 table 77
ExecStop=-/usr/sbin/ip route flush table 77

[Install]
WantedBy=multi-user.target
""",
}


def ask():
    has('198.51.100.77', run('ip', 'rule').stdout)
    has('203.0.113.128/25', run('ip', 'route', 'show', 'table', '77').stdout)
    has('2', read('/proc/sys/net/ipv4/conf/lo/rp_filter'))
