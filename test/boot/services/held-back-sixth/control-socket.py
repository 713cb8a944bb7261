"""Node, a user's, with a group besides: a socket in its folder of /run that it gives to that group, asked by one of the group and not by another."""
import os

from client import USER, has, run

packages = 'nodejs,netcat-openbsd'
control = 'RestrictAddressFamilies=~AF_UNIX'
files = {
    '/etc/systemd/system/control-socket.service': f"""[Unit]
Description=Control

[Service]
User={USER}
SupplementaryGroups=operators
RuntimeDirectory=control
ExecStart=/usr/bin/node /opt/control/index.js
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/control/index.js': """const net = require('node:net'), fs = require('node:fs'), os = require('node:os')
const socket = '/run/control/control.sock'
const group = Number(fs.readFileSync('/etc/group', 'utf8').match(/^operators:x:(\\d+)/m)[1])
const server = net.createServer((peer) => {
  peer.on('data', (word) => {
    fs.appendFileSync('/run/control/said', word)
    peer.end(`${os.userInfo().username} heard ${word}`)
  })
})
server.listen(socket, () => {
  fs.chownSync(socket, process.getuid(), group)
  fs.chmodSync(socket, 0o660)
})
""",
}


def prepare():
    run('sh', '-c', 'groupadd operators; useradd -G operators op1; useradd other1')


def ask():
    said = lambda user: run('runuser', '-u', user, '--', 'sh', '-c', 'echo a word | nc -N -U /run/control/control.sock', cwd='/')
    has(f'{USER} heard a word', said('op1').stdout)
    assert said('other1').returncode
    assert os.path.getsize('/run/control/said')
