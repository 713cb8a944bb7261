import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('address prefixes', () => {
  it('are addresses, lengths and keywords', () => {
    const good = [
      'any',
      'localhost',
      'link-local',
      'multicast',
      '10.0.0.0/8',
      '::1',
      'fe80::/64',
      '::ffff:1.2.3.4',
      '1.2.3.4/0x8',
      '10.0.0.1 ::/0',
    ]
    expect(refused('Service.IPAddressDeny', good)).toEqual([])
    const bad = [
      'Any',
      'none',
      '10/8',
      '10.0.0.0/33',
      '::1/129',
      '010.0.0.1',
      '1::2::3',
      '10.0.0.1,',
      'example.com',
      '"::1"',
      '[::1]',
      '10.0.0.*',
    ]
    expect(refused('Service.IPAddressDeny', bad)).toEqual(bad)
  })

  it('lose only the bad words, but the line before 250', () => {
    expect(said('Service.IPAddressAllow=x 10.0.0.1, y').map((text) => text.slice(0, 30))).toEqual([
      '0-1 word: Unexpected `x`, expe',
      '2-11 word: Unexpected `10.0.0.',
      '12-13 word: Unexpected `y`, ex',
    ])
    expect(said('Service.IPAddressAllow=x y', 247)).toHaveLength(1)
    expect(said('Service.IPAddressAllow=Any')[0]).toMatch(/ → any$/)
  })
})

describe('socket addresses', () => {
  it('are ports, addresses with ports, paths and names', () => {
    const good = [
      '80',
      '0x50',
      '127.0.0.1:80',
      '[::1]:80',
      '/run/x',
      '@x',
      'vsock:2:80',
      'vsock::80',
    ]
    expect(refused('Socket.ListenStream', good)).toEqual([])
    const bad = [
      '0',
      '65536',
      '*:80',
      ':80',
      'localhost:80',
      '127.0.0.1',
      '::1',
      '[::1]',
      '[127.0.0.1]:80',
      '@',
      '/',
      'run/x',
      'vsock:2',
    ]
    expect(refused('Socket.ListenStream', bad)).toEqual(bad)
    expect(said('Socket.ListenStream=*:80')).toEqual([
      '0-4 line: Unexpected `*:80`, expected a port, `ADDRESS:PORT`, an absolute path or `@NAME` → 80',
    ])
  })

  it('have room for 107 bytes', () => {
    expect(
      refused('Socket.ListenStream', [
        `/${'a'.repeat(106)}`,
        `/${'a'.repeat(107)}`,
        `@${'ä'.repeat(54)}`,
      ]),
    ).toHaveLength(2)
  })

  it('know the kinds of vsock by version', () => {
    const values = ['vsock-stream:2:80', 'vsock:host:80', 'vsock:any:80', 'vsock:2:4294967295']
    expect(refused('Socket.ListenStream', values, 252)).toEqual(values.slice(0, 3))
    expect(refused('Socket.ListenStream', values, 254)).toEqual(['vsock:host:80', 'vsock:any:80'])
    expect(refused('Socket.ListenStream', values, 257)).toEqual([
      'vsock:any:80',
      'vsock:2:4294967295',
    ])
    expect(refused('Socket.ListenStream', values, 262)).toEqual(['vsock:2:4294967295'])
  })

  it('differ by kind of socket', () => {
    expect(refused('Socket.ListenSequentialPacket', ['/run/x', '80'])).toEqual(['80'])
    expect(
      refused('Socket.ListenNetlink', [
        'audit',
        'audit 1',
        'kobject-uevent 0x1',
        '15',
        'audit x',
        'nosuch',
        'audit 1 2',
      ]),
    ).toEqual(['audit x', 'nosuch', 'audit 1 2'])
    expect(refused('Socket.ListenFIFO', ['/run/x', '/dev/x', 'x'], 257)).toEqual(['/dev/x', 'x'])
    expect(refused('Socket.ListenSpecial', ['/dev/input/event0', 'x'], 257)).toEqual(['x'])
    expect(said('Socket.ListenStream=/var/run/x')[0]).toMatch(/^0-10 notice: .* → \/run\/x$/)
  })
})

describe('rules for ports', () => {
  it('name family, protocol and ports in this order', () => {
    const good = ['any', 'ipv4', 'tcp', 'TCP:80', 'ipv4:tcp:80', 'ipv6:udp:1-100', '80', 'ipv4:any']
    expect(refused('Service.SocketBindAllow', good)).toEqual([])
    const bad = [
      'IPv4:80',
      'tcp:ipv4',
      '80-',
      '100-1',
      '65536',
      '80:',
      ':80',
      'tcp:80:90',
      'ipv4:tcp:sctp',
      'tcp:80,90',
    ]
    expect(refused('Service.SocketBindAllow', bad)).toEqual(bad)
    expect(refused('Service.SocketBindDeny', ['0', 'tcp:0-10'], 254)).toHaveLength(2)
    expect(refused('Service.SocketBindDeny', ['0', 'tcp:0-10'], 257)).toEqual([])
  })
})

describe('network interfaces', () => {
  it('have names of the kernel', () => {
    expect(refused('Socket.BindToDevice', ['*', 'eth0', 'abcdefghijklmno'])).toEqual([])
    expect(
      refused('Socket.BindToDevice', ['abcdefghijklmnop', 'eth0:1', '1', 'all', '.', 'ä', 'a b']),
    ).toHaveLength(7)
    expect(refused('Socket.BindToDevice', ['all', 'a%b', '0x10', '12'], 247)).toEqual(['12'])
    expect(refused('Socket.BindToDevice', ['%i'], 257)).toEqual(['%i'])
    expect(refused('Socket.BindToDevice', ['%i'], 262)).toEqual([])
  })

  it('stand in lists, inverted or not', () => {
    expect(said('Service.RestrictNetworkInterfaces=~ eth0 a/b')).toEqual([
      '7-10 word: Unexpected `a/b`, expected the name of a network interface',
    ])
    expect(refused('Service.RestrictNetworkInterfaces', ['a'.repeat(16)], 254)).toHaveLength(1)
    expect(
      refused('Service.RestrictNetworkInterfaces', ['a'.repeat(127), 'a'.repeat(128)], 257),
    ).toEqual(['a'.repeat(128)])
  })
})

describe('sets of nftables', () => {
  it('have four parts', () => {
    expect(
      refused('Service.NFTSet', [
        'cgroup:inet:filter:set',
        'user:ip:t:s "group:ip6:t:s"',
        'cgroup:inet:t:s:',
      ]),
    ).toEqual([])
    const bad = [
      'address:inet:t:s',
      'cgroup:ipv4:t:s',
      'cgroup:inet:1t:s',
      'cgroup:inet:t',
      'cgroup:inet:t:s:x',
      `cgroup:inet:${'a'.repeat(32)}:s`,
    ]
    expect(refused('Service.NFTSet', bad)).toEqual(bad)
    expect(refused('Service.NFTSet', [`cgroup:inet:${'a'.repeat(255)}:s`], 262)).toEqual([])
  })
})
