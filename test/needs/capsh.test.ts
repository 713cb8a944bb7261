import {describe, expect, it} from 'vitest'
import {capshNeeds, startedByCapsh} from '../../src/needs/programs/capsh.ts'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'

describe('capsh', () => {
  it.each([
    ['--caps=cap_net_raw,cap_chown=eip', ['CAP_NET_RAW', 'CAP_CHOWN', 'CAP_SETPCAP']],
    ['--caps=cap_net_raw=p cap_chown+ei', ['CAP_NET_RAW', 'CAP_CHOWN', 'CAP_SETPCAP']],
    ['--inh=cap_kill', ['CAP_KILL', 'CAP_SETPCAP']],
    ['--drop=all', ['CAP_SETPCAP']],
    ['--user=www-data', ['CAP_SETUID', 'CAP_SETGID', '@setuid']],
    ['--chroot=/srv', ['CAP_SYS_CHROOT', '@mount']],
    ['--print', []],
    // All that the kernel has, and what nobody can read.
    ['--caps=all=eip', ['anything']],
    ['--caps==eip', ['anything']],
    ['--caps=$CAPS', ['anything']],
    ['--caps=cap_unheard_of=eip', ['anything']],
    ['--caps=cap_kill=$X', ['anything']],
    ['--caps=cap_kill=eip cap_chown=$X', ['anything']],
    ['--caps=cap_kill=e+ip', ['CAP_KILL', 'CAP_SETPCAP']],
    ['--inh=cap_kill,cap_chown', ['CAP_KILL', 'CAP_CHOWN', 'CAP_SETPCAP']],
    ['--unheard-of', ['anything']],
  ])('%s', (arg, expected) => {
    expect(capshNeeds([arg])).toEqual(expected)
  })

  it('starts bash, or itself again, with what stands behind its own arguments', () => {
    expect(startedByCapsh(['--print', '--', '-c', 'id'])).toEqual([['/bin/bash', '-c', 'id']])
    expect(startedByCapsh(['==', '--user=x', '--', '/opt/x'])).toEqual([
      ['capsh', '--user=x', '--', '/opt/x'],
    ])
    expect(startedByCapsh(['=+', '--print'])).toEqual([['capsh', '--print']])
    expect(startedByCapsh(['--print'])).toEqual([])
    expect(capshNeeds(['--print', '--', '--unheard-of'])).toEqual([])
  })

  it('needs what its arguments and what it starts need', () => {
    const found = needs(
      service("[Service]\nExecStart=/usr/sbin/capsh --drop=cap_kill -- -c 'modprobe x'\n"),
    ).map(({access}) => access)
    expect(found).toContain('CAP_SETPCAP')
    expect(found).toContain('kernel-modules')
    expect(found).not.toContain('anything')
  })
})
