import {describe, expect, it} from 'vitest'
import {systemdOf} from '../../src/machine/systemd-of.ts'
import {hostOf} from '../../src/unit/host.ts'

describe('the systemd of a machine', () => {
  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    [
      'the library of Debian',
      {'/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-257.so': ''},
      '257 257',
    ],
    [
      'the library of Fedora',
      {'/usr/lib64/systemd/libsystemd-shared-256.11-1.fc41.so': ''},
      '256 256',
    ],
    [
      'the library of older ones',
      {
        '/lib/systemd/libsystemd-shared-252.so': '',
        '/etc/os-release': 'ID=debian\nVERSION_ID="13"\n',
      },
      '252 252',
    ],
    [
      'one that is older than all that is known',
      {'/usr/lib/systemd/libsystemd-shared-241.so': ''},
      '247 241',
    ],
    ['one that is newer', {'/usr/lib/systemd/libsystemd-shared-300.so': ''}, '262 300'],
    [
      'the release',
      {'/etc/os-release': 'NAME="Debian"\nID=debian\nVERSION_ID="12"\n'},
      'debian-12 252',
    ],
    [
      'the release of the vendor',
      {'/usr/lib/os-release': "ID='rhel'\nVERSION_ID='9.4'\n"},
      'rhel-9 252',
    ],
    [
      'what the release goes by',
      {'/etc/os-release': 'ID=mine\nVERSION_ID=1\nVERSION_CODENAME=noble\n'},
      'noble 255',
    ],
    [
      'no word',
      {'/etc/os-release': 'ID=mine\n', '/usr/lib/systemd/libsystemd-shared.so': ''},
      undefined,
    ],
    ['hostile words', {'/etc/os-release': 'ID=__proto__\nVERSION_CODENAME=__proto__\n'}, undefined],
    ['nothing', {}, undefined],
  ])('is told by %s', (_name, files, expected) => {
    const found = systemdOf(hostOf(files))
    expect(found && `${found.target.name} ${found.version}`).toBe(expected)
  })
})
