"""Network, by lines in the unit, as root, at the start of the machine: a bridge, its address, forwarding, a rule of the firewall, and all gone when it stops."""
from client import has, run

packages = 'iproute2,nftables,procps'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
files = {
    '/etc/systemd/system/gateway.service': """[Unit]
Description=Bridge for the machines within
After=network.target
ConditionPathExists=/etc/gateway.nft

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=-/sbin/modprobe bridge
ExecStart=/sbin/ip link add gate0 type bridge
ExecStart=/sbin/ip address add 198.51.100.129/26 dev gate0
ExecStart=/sbin/ip link set gate0 up
ExecStart=/sbin/sysctl -q -w net.ipv4.conf.gate0.forwarding=1
ExecStart=/usr/sbin/nft -f /etc/gateway.nft
ExecStop=-/usr/sbin/nft delete table inet gateway
ExecStop=/sbin/ip link delete gate0

[Install]
WantedBy=multi-user.target
""",
    '/etc/gateway.nft': 'table inet gateway { chain forward { type filter hook forward priority 0; iifname "gate0" accept; }; }\n',
}


def ask():
    has('198.51.100.129', run('ip', 'address', 'show', 'dev', 'gate0', check=True).stdout)
    has('gate0', run('nft', 'list', 'table', 'inet', 'gateway', check=True).stdout)
    with open('/proc/sys/net/ipv4/conf/gate0/forwarding') as file:
        has('1', file.read())
