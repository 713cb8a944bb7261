"""Monitoring, in Go, a user of its own: another server asked by HTTP and by a ping."""
from client import ORIGIN, append, page

packages = 'prometheus-blackbox-exporter'
control = 'RestrictAddressFamilies=AF_UNIX'


def prepare():
    append('/proc/sys/net/ipv4/ping_group_range', '0 2147483647')


def ask():
    page(9115, f'/probe?target=http://127.0.0.1:{ORIGIN}/&module=http_2xx', '\nprobe_success 1')
    page(9115, '/probe?target=127.0.0.1&module=icmp', '\nprobe_success 1')
