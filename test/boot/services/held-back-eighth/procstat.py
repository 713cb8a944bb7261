"""Python, a user of its own, figures for Prometheus: processes of others by name, memory, files that are open to all, pressure, and control groups."""
from client import has, page, run

control = 'ProtectProc=invisible'
files = {
    '/etc/systemd/system/procstat.service': """[Unit]
Description=Process metrics
After=network.target

[Service]
User=metrics
ExecStart=/usr/bin/python3 /opt/procstat/procstat.py --port 8711
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/procstat/procstat.py': """
import argparse
import collections
import http.server
import os

PAGE = os.sysconf('SC_PAGE_SIZE')


def text(path):
    with open(path) as file:
        return file.read()


def processes():
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            name = text(f'/proc/{pid}/comm').strip()
            memory = int(text(f'/proc/{pid}/statm').split()[1]) * PAGE
            owner = os.stat(f'/proc/{pid}').st_uid
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield name, owner, memory


def figures():
    count, sums = collections.Counter(), collections.Counter()
    for name, owner, memory in processes():
        count[name, owner] += 1
        sums[name, owner] += memory
    for (name, owner), number in count.items():
        yield f'procstat_count{{name="{name}",uid="{owner}"}} {number}'
        yield f'procstat_rss_bytes{{name="{name}",uid="{owner}"}} {sums[name, owner]}'
    for line in text('/proc/meminfo').splitlines():
        if line.startswith('MemAvailable'):
            yield f'procstat_available_kb {line.split()[1]}'
    yield f'procstat_files {text("/proc/sys/fs/file-nr").split()[0]}'
    for unit in os.listdir('/sys/fs/cgroup/system.slice'):
        path = f'/sys/fs/cgroup/system.slice/{unit}/cgroup.procs'
        if os.path.exists(path):
            yield f'procstat_unit_processes{{unit="{unit}"}} {len(text(path).split())}'


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ('\\n'.join(figures()) + '\\n').encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


parser = argparse.ArgumentParser()
parser.add_argument('--port', type=int, default=9256)
http.server.ThreadingHTTPServer(('127.0.0.1', parser.parse_args().port), Handler).serve_forever()
""",
}


def prepare():
    run('useradd', '-r', 'metrics')


def ask():
    page(8711, '/metrics', 'procstat_count{name="systemd-journal",uid="0"}')
    page(8711, '/metrics', 'procstat_unit_processes{unit="procstat.service"} 1')
    page(8711, '/metrics', 'procstat_available_kb ')
    page(8711, '/metrics', 'procstat_files ')
