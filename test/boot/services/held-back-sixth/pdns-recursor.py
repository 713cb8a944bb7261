"""DNS, a user of its own, locked in already, scripts in Lua that are translated: a name of its file, one that a script answers, and asked by its socket."""
from client import has, resolve, run, write

packages = 'pdns-recursor'
files = {}


def prepare():
    write('/etc/powerdns/recursor.conf', 'incoming:\n  listen: [127.0.0.1]\n  port: 5399\nrecursor:\n  export_etc_hosts: true\n  lua_dns_script: /etc/powerdns/script.lua\n  socket_dir: /run/pdns-recursor\n')
    write('/etc/powerdns/script.lua', 'function preresolve(dq)\n  local n = 0\n  for i = 1, 100000 do n = n + i % 7 end\n  if dq.qname:equal("scripted.test.") then dq:addAnswer(pdns.A, "192.0.2." .. (n > 0 and 9 or 8)); return true end\n  return false\nend\n')
    run('rm', '-rf', '/etc/powerdns/recursor.d')


def ask():
    resolve(5399, 'scripted.test', '192.0.2.9')
    resolve(5399, 'localhost', '127.0.0.1')
    has('.', run('rec_control', '--socket-dir=/run/pdns-recursor', 'version', check=True).stdout)
