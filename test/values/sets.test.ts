import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('capabilities', () => {
  it('are skipped in silence', () => {
    expect(said('Service.CapabilityBoundingSet=~CAP_KILL net_admin cap_chown, 5 nosuch')).toEqual([
      '10-19 word in silence: Unexpected `net_admin`, expected a capability such as `CAP_NET_ADMIN` → CAP_NET_ADMIN',
      '20-30 word in silence: Unexpected `cap_chown,`, expected a capability such as `CAP_NET_ADMIN` → CAP_CHOWN',
      '33-39 word in silence: Unexpected `nosuch`, expected a capability such as `CAP_NET_ADMIN`',
    ])
    expect(said('Service.CapabilityBoundingSet="CAP_KILL')).toEqual([])
  })
})

describe('address families', () => {
  it('are known in any case', () => {
    expect(
      refused('Service.RestrictAddressFamilies', [
        'AF_INET af_inet6',
        '~AF_PACKET',
        '"AF_UNIX AF_INET"',
        'INET',
        'AF_INET,AF_INET6',
      ]),
    ).toEqual(['"AF_UNIX AF_INET"', 'INET', 'AF_INET,AF_INET6'])
    expect(refused('Service.RestrictAddressFamilies', ['none', 'None'], 247)).toEqual([
      'none',
      'None',
    ])
    expect(refused('Service.RestrictAddressFamilies', ['none', 'None'], 252)).toEqual(['None'])
  })

  it('lose the word, and the line from 261 on', () => {
    expect(
      said('Service.RestrictAddressFamilies=AF_INET, unix AF_X', 257).map((text) =>
        text.replace(/: .* `AF_INET`/, ''),
      ),
    ).toEqual(['0-8 word → AF_INET', '9-13 word → AF_UNIX', '14-18 word'])
    expect(said('Service.RestrictAddressFamilies=AF_INET, unix', 262)).toEqual([
      '0-13 line: Unexpected `AF_INET,`, expected an address family such as `AF_INET` → AF_INET AF_UNIX',
    ])
  })
})

describe('architectures', () => {
  it('have names of systemd', () => {
    expect(said('Service.SystemCallArchitectures=native amd64')).toEqual([
      '7-12 word: Unexpected `amd64`, expected an architecture such as `native` → x86-64',
    ])
    expect(
      refused('Service.SystemCallArchitectures', ['loongarch64', 'parisc', 'riscv64'], 247),
    ).toEqual(['loongarch64', 'parisc'])
    expect(
      refused('Service.SystemCallArchitectures', ['loongarch64', 'parisc', 'riscv64'], 257),
    ).toEqual([])
    expect(refused('Service.Personality', ['x86', 'x86-64', 'arm64', 'native'])).toEqual([
      'arm64',
      'native',
    ])
  })
})

describe('namespaces', () => {
  it('spoil the line', () => {
    expect(
      refused('Service.RestrictNamespaces', ['yes', 'OFF', 'pid net', '~user', 'time', '~']),
    ).toEqual([])
    expect(refused('Service.RestrictNamespaces', ['time'], 247)).toEqual(['time'])
    expect(said('Service.RestrictNamespaces=~CLONE_NEWNET, mount')).toEqual([
      '0-20 line: Unexpected `CLONE_NEWNET,`, expected a boolean or some of `cgroup`, `ipc`, `net`, `mnt`, `pid`, `user`, `uts`, `time` → ~net mnt',
    ])
    expect(said('Service.RestrictNamespaces=net bad')[0]).not.toMatch(/→/)
  })

  it('of users are not delegated', () => {
    expect(
      refused('Service.DelegateNamespaces', ['yes', 'pid', '~pid', '~user', 'pid user'], 262),
    ).toEqual(['pid user'])
  })
})

describe('system calls', () => {
  it('are calls, groups and errors', () => {
    expect(
      refused('Service.SystemCallFilter', [
        '@system-service',
        '~@clock @debug',
        '~read:EPERM',
        '~read:eperm',
        '~@clock:kill',
        '~read:0',
      ]),
    ).toEqual([])
    const bad = [
      '@nosuch',
      'nosuch',
      'read:EPERM',
      '~read:EBAD',
      '~read:4096',
      '~:EPERM',
      'read,write',
      'read ~write',
      '"read"',
    ]
    expect(refused('Service.SystemCallFilter', bad)).toEqual(bad)
    expect(refused('Service.SystemCallFilter', ['read:EPERM'], 247)).toEqual([])
  })

  it('lose only the bad words', () => {
    expect(said('Service.SystemCallFilter=@system-service, Read nosuch')).toEqual([
      '0-16 word: Unexpected group `@system-service,`, expected one such as `@system-service` → @system-service',
      '17-21 word: Unexpected `Read`, expected a system call or a group of them such as `@system-service` → read',
      '22-28 word: Unexpected `nosuch`, expected a system call or a group of them such as `@system-service`',
    ])
    expect(refused('Service.SystemCallLog', ['@clock', 'read', 'read:EPERM'])).toEqual([
      'read:EPERM',
    ])
  })

  it('are those that the library knows', () => {
    expect(
      refused('Service.SystemCallFilter', ['landlock_create_ruleset', 'fchmodat2'], 247),
    ).toEqual(['fchmodat2'])
  })

  it('fail with errors', () => {
    expect(
      refused('Service.SystemCallErrorNumber', [
        'EPERM',
        'eperm',
        '1',
        '4095',
        'kill',
        '0',
        '4096',
        'Kill',
        'ENOSUCH',
        '-1',
      ]),
    ).toEqual(['0', '4096', 'Kill', 'ENOSUCH', '-1'])
  })
})
