import {describe, expect, test} from 'vitest'
import rule from '../../rules/no-taken-address.ts'
import {judge} from '../../src/engine/judge.ts'
import {RuleTester} from '../../src/engine/tester.ts'
import {defaultTarget} from '../../src/facts/targets.ts'

const socket = (...lines: readonly string[]): string => `[Socket]\n${lines.join('\n')}\n`
const fileName = 'a.socket'

// Each was started under systemd 252 and 257.
new RuleTester({describe, it: test}).run(rule, {
  valid: [
    ['ListenStream=80', 'ListenStream=0.0.0.0:80', 'BindIPv6Only=ipv6-only'],
    ['ListenStream=[::]:80', 'ListenStream=127.0.0.1:80', 'BindIPv6Only=ipv6-only'],
    ['ListenStream=127.0.0.1:80', 'ListenStream=127.0.0.2:80', 'ListenStream=[::1]:80'],
    ['ListenStream=80', 'ListenStream=80', 'ReusePort=yes'],
    ['ListenStream=80', 'ListenStream=8080'],
    ['ListenDatagram=80', 'ListenDatagram=80'],
    ['ListenStream=80', 'ListenDatagram=80'],
    ['ListenStream=/run/a', 'ListenStream=/run/a'],
    ['ListenStream=@a', 'ListenDatagram=@a'],
    ['ListenFIFO=/run/a', 'ListenFIFO=/run/a'],
    ['ListenStream=80', 'ListenStream=', 'ListenStream=80'],
    ['ListenStream=80', 'ListenDatagram=', 'ListenStream=80'],
    // Nobody has tried these.
    ['ListenStream=[fe80::1]:80%eth0', 'ListenStream=[fe80::1]:80%eth0'],
    ['ListenStream=80', 'ListenStream=80', 'SocketProtocol=sctp'],
    // Not read.
    ['ListenStream=80', 'ListenStream=localhost:80'],
  ].map((lines) => ({name: lines.join(' '), fileName, unit: socket(...lines)})),
  invalid: [
    ['80', '80'],
    ['127.0.0.1:80', '127.0.0.1:80'],
    ['[::1]:80', '[0:0::1]:80'],
    ['80', '[::]:80'],
    ['0.0.0.0:80', '127.0.0.1:80'],
    ['127.0.0.1:80', '0.0.0.0:80'],
    ['[::]:80', '[::1]:80'],
    ['[::1]:80', '80'],
    ['80', '0.0.0.0:80'],
    ['80', '127.0.0.1:80'],
    ['127.0.0.1:80', '80'],
    ['0.0.0.0:80', '[::]:80'],
    ['@a', '@a'],
    ['vsock::80', 'vsock::80'],
  ].map(([taken = '', found = '']) => ({
    name: `${taken} and ${found}`,
    fileName,
    unit: socket(`ListenStream=${taken}`, `ListenStream=${found}`, 'Accept=yes'),
    problems: [
      `3:1-3:${14 + found.length}: Unexpected \`ListenStream=${found}\`, whose address \`ListenStream=${taken}\` has: the socket does not start`,
    ],
  })),
})

describe('an address that is taken', () => {
  const severities = (unit: string, dropIn?: string): number[] =>
    judge(
      {
        files: [
          {path: fileName, text: unit},
          ...(dropIn === undefined ? [] : [{path: `${fileName}.d/b.conf`, text: dropIn}]),
        ],
      },
      {
        rules: [{rule, severity: 2, options: {}}],
        targets: [defaultTarget],
        manager: 'system',
      },
    ).files.flatMap(({findings}) => findings.map(({severity}) => severity))

  test('is no error where it hangs on what the kernel has set', () => {
    const lines = ['ListenStream=80', 'ListenStream=0.0.0.0:80']
    expect(severities(socket(...lines))).toEqual([1])
    expect(severities(socket(...lines, 'BindIPv6Only=both'))).toEqual([2])
    expect(severities(socket('ListenStream=80', 'ListenStream=80'))).toEqual([2])
  })

  test('may be that of a drop-in, which may also take all back', () => {
    const unit = socket('ListenStream=80')
    expect(severities(unit, socket('ListenStream=80'))).toEqual([2])
    expect(severities(unit, socket('ListenStream=', 'ListenStream=80'))).toEqual([])
  })

  test('is not told of a template where the instance says the port', () => {
    const lines = ['ListenStream=127.0.0.1:%i', 'ListenStream=127.0.0.1:%i']
    new RuleTester().run(rule, {
      valid: [{fileName: 'a@.socket', unit: socket(...lines)}],
      invalid: [],
    })
  })
})
