"""Lua, as nobody, in a loop: the machine's load, what processors and networks did, its processes, in a file for a page."""
from client import fresh, read, run

packages = 'lua5.4'
control = 'InaccessiblePaths=/proc/stat'
files = {
    '/etc/systemd/system/figures.service': """[Unit]
Description=figures for the wallboard

[Service]
User=nobody
Group=nogroup
ExecStart=/usr/bin/lua5.4 /opt/figures/figures.lua /srv/wallboard/figures.txt
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
""",
    '/opt/figures/figures.lua': """
local function all(path)
  local file = assert(io.open(path))
  local text = file:read('a')
  file:close()
  return text
end
while true do
  local file = assert(io.open(arg[1] .. '.new', 'w'))
  file:write('load ', all('/proc/loadavg'):match('%S+'), '\\n')
  file:write('idle ', all('/proc/stat'):match('cpu%s+%d+ %d+ %d+ (%d+)'), '\\n')
  file:write('uptime ', all('/proc/uptime'):match('%d+'), '\\n')
  file:write('lo ', all('/sys/class/net/lo/statistics/rx_bytes'))
  file:write('lo again ', all('/proc/net/dev'):match('lo:%s*(%d+)'), '\\n')
  file:write('sockets ', all('/proc/net/sockstat'):match('used (%d+)'), '\\n')
  file:write('files ', all('/proc/sys/fs/file-nr'):match('%d+'), '\\n')
  local mine = io.popen('ps -eo user= | sort -u | tr "\\\\n" " "')
  file:write('users ', mine:read('a'), '\\n')
  mine:close()
  file:write('first ', all('/proc/1/comm'))
  file:close()
  assert(os.rename(arg[1] .. '.new', arg[1]))
  os.execute('sleep 0.5')
end
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /srv/wallboard; chown nobody:nogroup /srv/wallboard')


def ask():
    lines = read('/srv/wallboard/figures.txt').splitlines()
    assert len(lines) == 9 and 'root' in lines[7] and 'message' in lines[7] and lines[8] == 'first systemd', lines
    fresh('/srv/wallboard/figures.txt')
