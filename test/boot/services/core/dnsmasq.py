"""DNS: a name resolved."""
from client import resolve

packages = 'dnsmasq'
alone = 'port 53'
files = {'/etc/dnsmasq.d/x.conf': 'no-resolv\nlisten-address=127.0.0.1\nbind-interfaces\n'}
ask = resolve
