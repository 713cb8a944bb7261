"""DNS, sorts questions by a script of LuaJIT: an answer made up by the script, a command by its console."""
from client import resolve, write

packages = 'dnsdist'


def prepare():
    write('/etc/dnsdist/dnsdist.conf', """setLocal('127.0.0.1:5313')
newServer({address='127.0.0.1:5399', healthCheckMode='up'})
addAction(LuaRule(function(dq) return string.match(dq.qname:toString(), '^made') ~= nil end), SpoofAction('192.0.2.13'))
""")


def ask():
    # Often enough that it is compiled.
    for _ in range(400):
        resolve(5313, 'made.test', '192.0.2.13')
