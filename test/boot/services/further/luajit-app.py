"""LuaJIT in /opt, a user's, compiles as it runs: sums in a file each second."""
from client import USER, fresh, run

packages = 'luajit'
control = 'ReadOnlyPaths=/opt'
files = {
    '/etc/systemd/system/luajit-app.service': f"""[Unit]
Description=Sums

[Service]
User={USER}
ExecStart=/opt/sums/bin/sums /opt/sums/sums.lua
WorkingDirectory=/opt/sums
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/sums/sums.lua': """
local ffi = require 'ffi'
ffi.cdef 'typedef int (*order)(const void *, const void *); void qsort(void *, size_t, size_t, order); unsigned sleep(unsigned);'
local compare = ffi.cast('order', function(a, b) return 0 end)
while true do
  local sum = 0
  for i = 1, 1e6 do sum = sum + i % 7 end
  ffi.C.qsort(ffi.new('int[4]'), 4, 4, compare)
  local file = io.open('sum', 'w'); file:write(sum); file:close()
  ffi.C.sleep(1)
end
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /opt/sums/bin; cp /usr/bin/luajit /opt/sums/bin/sums; chown -R u /opt/sums')


def ask():
    fresh('/opt/sums/sum')
