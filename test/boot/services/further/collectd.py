"""Monitoring, by plugins, one of which runs a script of ours as a user: figures in files."""
import glob
import os

from client import USER, write

packages = 'collectd-core'
patience = 30
control = 'ReadOnlyPaths=/var/lib'
files = {'/usr/local/bin/say-figure': '#!/bin/sh\nwhile :; do echo "PUTVAL test/exec-x/gauge-$(id -u) interval=1 N:7"; sleep 1; done\n'}


def prepare():
    write('/etc/collectd/collectd.conf', f"""Hostname "test"
FQDNLookup false
Interval 1
LoadPlugin cpu
LoadPlugin load
LoadPlugin df
LoadPlugin processes
LoadPlugin csv
LoadPlugin exec
LoadPlugin unixsock
<Plugin csv>
  DataDir "/var/lib/collectd/csv"
</Plugin>
<Plugin exec>
  Exec "{USER}" "/usr/local/bin/say-figure"
</Plugin>
<Plugin unixsock>
  SocketFile "/run/collectd.sock"
</Plugin>
""")


def ask():
    for path in ['load/load', 'exec-x/gauge-1000', 'df-root/df_complex-free']:
        found = glob.glob(f'/var/lib/collectd/csv/test/{path}-2*')
        assert found, path
        os.unlink(found[0])
    assert os.path.exists('/run/collectd.sock')
