"""Ruby, as root: names that a server of ours tells, put among those of the machine."""
import http.server
import threading

from client import read, run, write

packages = 'ruby'
control = 'ReadOnlyPaths=/etc'
patience = 40
files = {
    '/etc/systemd/system/hosts-sync.service': """[Unit]
Description=Names of our machines
After=network-online.target

[Service]
Environment=FROM=http://127.0.0.1:8244/names EVERY=1
ExecStart=/usr/bin/ruby /opt/hosts-sync/sync.rb
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/hosts-sync/sync.rb': """
require 'net/http'
require 'fileutils'
require 'syslog'
MARK = '# ours'
Syslog.open('hosts-sync')
loop do
  names = Net::HTTP.get(URI(ENV['FROM']))
  kept = File.readlines('/etc/hosts').reject { |line| line.include?(MARK) }
  File.write('/etc/hosts.new', kept.join + names.lines.map { |line| "#{line.chomp} #{MARK}\\n" }.join)
  File.chmod(0644, '/etc/hosts.new')
  File.rename('/etc/hosts.new', '/etc/hosts')
  Syslog.info('%d names', names.lines.size)
  sleep ENV['EVERY'].to_f
end
""",
}


class Names(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'198.51.100.7 printer\n')

    def log_message(self, *_):
        pass


def prepare():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 8244), Names)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def ask():
    assert 'printer' in run('getent', 'hosts', 'printer', check=True).stdout
    write('/etc/hosts', ''.join(line for line in read('/etc/hosts').splitlines(True) if '# ours' not in line))
