import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('booleans', () => {
  it('have twelve spellings in any case', () => {
    expect(
      refused('Service.PrivateDevices', [
        '1',
        'yes',
        'Y',
        'TRUE',
        't',
        'On',
        '0',
        'no',
        'n',
        'False',
        'f',
        'OFF',
      ]),
    ).toEqual([])
    const bad = ['2', 'yess', 'enabled', '"yes"', 'yes # x', 'yes\u00a0', 'none', '-1']
    expect(refused('Service.PrivateDevices', bad)).toEqual(bad)
  })

  it('say what is meant', () => {
    expect(said('Service.PrivateDevices=yes # no raw disks')).toEqual([
      '0-18 line: Unexpected `yes # no raw disks`, expected `yes` or `no` → yes',
    ])
    expect(said('Service.PrivateDevices=Enabled')).toEqual([
      '0-7 line: Unexpected `Enabled`, expected `yes` or `no` → yes',
    ])
    expect(said('Service.PrivateDevices=maybe')).toEqual([
      '0-5 line: Unexpected `maybe`, expected `yes` or `no`',
    ])
  })

  it('refuse the unit where systemd insists', () => {
    expect(said('Service.DynamicUser=maybe')).toEqual([
      '0-5 unit: Unexpected `maybe`, expected `yes` or `no`',
    ])
  })
})

describe('words', () => {
  it('are in exact case', () => {
    expect(
      refused('Service.ProtectSystem', [
        'full',
        'strict',
        'yes',
        'TRUE',
        'Strict',
        'FULL',
        'strict,',
      ]),
    ).toEqual(['Strict', 'FULL', 'strict,'])
    expect(said('Service.ProtectSystem=Strict')).toEqual([
      '0-6 line: Unexpected `Strict`, expected `no`, `yes`, `full` or `strict` → strict',
    ])
  })

  it('come with versions', () => {
    expect(refused('Service.PrivateTmp', ['yes', 'disconnected'], 252)).toEqual(['disconnected'])
    expect(refused('Service.PrivateTmp', ['yes', 'disconnected'], 257)).toEqual([])
    expect(refused('Service.Type', ['notify-reload'], 252)).toEqual(['notify-reload'])
  })

  it('may be numbers', () => {
    expect(refused('Service.SyslogLevel', ['info', '7', '0x7', '8', '-1'])).toEqual(['8', '-1'])
    expect(refused('Service.SyslogFacility', ['127', '128'])).toEqual(['128'])
    expect(refused('Service.IOSchedulingClass', ['8', '9'], 257)).toEqual(['9'])
    expect(refused('Service.IOSchedulingClass', ['7', '8'], 262)).toEqual(['8'])
    expect(refused('Service.CPUSchedulingPolicy', ['8', '2147483648'], 257)).toEqual(['2147483648'])
    expect(refused('Service.CPUSchedulingPolicy', ['3', '4', '5', '7', '8'], 262)).toEqual([
      '4',
      '8',
    ])
    expect(refused('Socket.IPTOS', ['low-delay', '255', '256'])).toEqual(['256'])
    expect(refused('Socket.SocketProtocol', ['SCTP', '132', '136', '262', 'tcp', '6'])).toEqual([
      'tcp',
      '6',
    ])
  })

  it('may be deprecated', () => {
    expect(said('Service.KillMode=none').map((text) => text.slice(0, 10))).toEqual(['0-4 notice'])
    expect(said('Service.StandardOutput=syslog')).toEqual([
      '0-6 notice: Unexpected `syslog`, which is obsolete',
    ])
  })
})

describe('words with an argument', () => {
  it('take a host name since 258', () => {
    expect(refused('Service.ProtectHostname', ['yes', 'private', 'yes:foo'], 257)).toEqual([
      'private',
      'yes:foo',
    ])
    const bad = [
      'no:foo',
      'yes:',
      'private:-foo',
      'yes:a:b',
      'yes:%z',
      'Private',
      `yes:${'a'.repeat(65)}`,
    ]
    expect(
      refused(
        'Service.ProtectHostname',
        ['yes', 'private', 'yes:foo.bar', 'private:%p', ...bad],
        262,
      ),
    ).toEqual(bad)
  })
})

describe('flags', () => {
  it('of secure bits are lost in silence', () => {
    expect(said('Service.SecureBits=noroot keepcaps "no-setuid-fixup"')).toEqual([
      '7-15 word in silence: Unexpected `keepcaps`, expected `keep-caps`, `keep-caps-locked`, `no-setuid-fixup`, `no-setuid-fixup-locked`, `noroot` or `noroot-locked` → keep-caps',
    ])
  })

  it('of a refresh are a boolean or words', () => {
    expect(
      refused(
        'Service.RefreshOnReload',
        ['yes', 'no', '~credentials', 'extensions credentials', 'credential', 'yes no'],
        262,
      ),
    ).toEqual(['credential', 'yes no'])
  })
})
