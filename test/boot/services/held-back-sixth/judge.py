"""Node, as root: programs in C that others send are compiled in /tmp, and run from there as another user, without a network, with limits, at fixed addresses."""
import os

from client import page

packages = 'nodejs,tcc,libc6-dev,strace'
control = 'NoExecPaths=/tmp'
patience = 30
files = {
    '/etc/systemd/system/judge.service': """[Unit]
Description=Judge of programs
After=network.target

[Service]
WorkingDirectory=/opt/judge
ExecStart=/usr/bin/node server.js
Environment=NODE_ENV=production PORT=8405
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/judge/server.js': """const http = require('node:http'), fs = require('node:fs'), {execFileSync, execFile} = require('node:child_process')
http.createServer((request, response) => {
  let text = ''
  request.on('data', (part) => { text += part })
  request.on('end', () => {
    const folder = fs.mkdtempSync('/tmp/judge-')
    fs.chmodSync(folder, 0o755)
    fs.writeFileSync(`${folder}/a.c`, text)
    try {
      execFileSync('tcc', ['-o', `${folder}/a`, `${folder}/a.c`])
    } catch (error) {
      return response.end('does not compile')
    }
    execFile('unshare', ['--net', '--ipc', 'prlimit', '--nproc=50', '--cpu=2', 'setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', 'setarch', '-R', 'strace', '-f', '-qq', '-e', 'trace=exit_group', `${folder}/a`], {timeout: 5000}, (error, out, trace) => {
      fs.rmSync(folder, {recursive: true})
      response.end(`${error ? error.message : 'passed'}: ${out} ${trace}`)
    })
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
""",
}


def ask():
    text = b'#include <stdio.h>\n#include <unistd.h>\nint main() { printf("ran as %d\\n", getuid()); return 0; }\n'
    page(8405, '/', data=text, expected='passed: ran as 65534')
    page(8405, '/', data=text, expected='exit_group(0)')
    page(8405, '/', data=b'int main(', expected='does not compile')
