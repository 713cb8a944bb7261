"""Network, hears packets and judges them by rules, as root, forks: a page asked for, in its log, and told of by a rule of ours."""
import os

from client import page, read, replace, run, write, ORIGIN

packages = 'suricata'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 60


def prepare():
    run('sed', '-i', 's/interface: eth0/interface: lo/', '/etc/suricata/suricata.yaml')
    run('mkdir', '-p', '/var/lib/suricata/rules')
    run('sh', '-c', 'sed -n "s/^default-rule-path: *//p" /etc/suricata/suricata.yaml | while read -r d; do mkdir -p $d; echo \'alert http any any -> any any (msg:"a word"; http.uri; content:"/on-fire"; sid:1000001;)\' > $d/suricata.rules; done')
    run('sed', '-i', 's/^  checksum-validation: yes/  checksum-validation: no/', '/etc/suricata/suricata.yaml')


def ask():
    page(ORIGIN, '/on-fire', expected='origin')
    said = read('/var/log/suricata/eve.json')
    assert '"signature":"a word"' in said and '"flow"' in said, said[-150:]
    os.truncate('/var/log/suricata/eve.json', 0)
