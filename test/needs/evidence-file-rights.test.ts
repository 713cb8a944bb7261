import {describe, expect, it} from 'vitest'
import {ofFileRights} from '../../src/needs/evidence/of-file-rights.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

/** What shows that a program has capabilities of its file. */
function shown(lines: string): string {
  return [...ofFileRights(service(`[Service]\n${lines}\n`))].map(({access}) => access).join(' ')
}

const low = 'privileges-by-exec CAP_NET_BIND_SERVICE'

describe('capabilities of files', () => {
  it.each([
    ['User=a\nExecStart=/opt/a --port 443', low],
    ['User=a\nExecStart=/opt/a --listen=:80', low],
    ['User=a\nExecStart=/opt/a --port=80', low],
    ['User=a\nExecStart=/opt/a --port=8080', ''],
    ['User=a\nExecStart=/opt/a -www 8080 -sslwww 443', low],
    ['User=a\nEnvironment=PORT=80\nExecStart=/usr/bin/node a.js', low],
    ['User=a\nEnvironment=A_PORT=443\nExecStart=/opt/a', low],
    ['User=a\nEnvironment=PORT=3000\nExecStart=/opt/a', ''],
    ['User=a\nExecStart=/opt/a --port 8443', ''],
    ['User=a\nExecStart=/opt/a', ''],
    ['ExecStart=/opt/a --port 443', ''],
    ['Environment=PORT=80\nExecStart=/opt/a', ''],
    ['User=a\nAmbientCapabilities=CAP_NET_BIND_SERVICE\nExecStart=/opt/a --port 443', ''],
    ['DynamicUser=yes\nExecStart=/opt/a --port 443', low],
    [
      'User=a\nExecStartPre=+/usr/sbin/setcap cap_net_raw,cap_net_admin+eip /opt/a\nExecStart=/opt/a',
      'privileges-by-exec CAP_NET_ADMIN CAP_NET_RAW',
    ],
    [
      "User=a\nExecStartPre=!setcap 'cap_net_bind_service=+ep' /opt/a\nExecStart=/opt/a --port 443",
      low,
    ],
    ['User=a\nExecStartPre=setcap -r /opt/a\nExecStart=/opt/a', 'privileges-by-exec'],
  ])('%s: %s', (lines, expected) => {
    expect(shown(lines)).toBe(expected)
  })

  it.each([
    ["# ExecStartPre=/sbin/setcap 'cap_net_bind_service=+ep' /opt/a", low],
    [
      '; once: sudo setcap cap_sys_nice,cap_net_raw+ep /opt/a',
      'privileges-by-exec CAP_NET_RAW CAP_SYS_NICE',
    ],
    ['# setcap is not needed here', ''],
    ['# needs cap_net_raw', ''],
    ['# unsetcap cap_net_raw', ''],
  ])('are those that a comment gives: %s: %s', (comment, expected) => {
    expect(shown(`${comment}\nUser=a\nExecStart=/opt/a`)).toBe(expected)
    expect(shown(`User=a\nExecStart=/opt/a \\\n${comment}\n  b`)).toBe(expected)
  })

  it('are kept by root, too, as what has them does not start without', () => {
    const comment = '# setcap cap_sys_nice+ep /opt/a'
    expect(shown(`${comment}\nExecStart=/opt/a`)).toBe('privileges-by-exec CAP_SYS_NICE')
  })

  it.each([
    ['User=a', 'listen(443)', low],
    ['User=a', 'listen({port: 80})', low],
    ['User=a', 'listen(8443)', ''],
    ['User=a', 'listen(port)', ''],
    ['User=root', 'listen(443)', ''],
    ['User=a\nAmbientCapabilities=CAP_NET_BIND_SERVICE', 'listen(443)', ''],
  ])(
    'are those of what runs a script in sight that listens: %j, %s: %s',
    (lines, call, expected) => {
      const text = `#!/usr/bin/env node\nrequire('http').createServer(app).${call}\n`
      const unit = service(
        `[Service]\n${lines}\nExecStart=/opt/a.js\n`,
        '257',
        'a.service',
        hostOf({'/opt/a.js': text}),
      )
      expect([...ofFileRights(unit)].map(({access}) => access).join(' ')).toBe(expected)
    },
  )

  it('are named with what shows them', () => {
    const [first] = ofFileRights(service('[Service]\nUser=a\nExecStart=/opt/a --port 443\n'))
    expect(first?.because).toBe(
      '`ExecStart=` names a port that takes `CAP_NET_BIND_SERVICE`, which it may have of its file',
    )
  })
})
