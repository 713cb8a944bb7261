"""Socket activation: a script of the shell run by FastCGI, that keeps a file in /tmp."""
from client import fresh, run

packages = 'fcgiwrap,libfcgi-bin'
starts = 'fcgiwrap.socket'
control = 'NoExecPaths=/usr/lib/cgi-bin'
files = {'/usr/lib/cgi-bin/x.sh': "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\nis '\nid -un\ndate > /tmp/cgi-was-here\n"}


def ask():
    said = run('cgi-fcgi', '-bind', '-connect', '/run/fcgiwrap.socket', env={'PATH': '/usr/bin', 'REQUEST_METHOD': 'GET', 'SCRIPT_FILENAME': '/usr/lib/cgi-bin/x.sh'})
    assert 'is www-data' in said.stdout, said.stdout + said.stderr
    fresh('/tmp/cgi-was-here')
