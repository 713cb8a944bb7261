import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const job = '[Service]\nType=oneshot\nExecStart=/usr/bin/a\n'
const daemon = '[Service]\nExecStart=/usr/bin/a\n'
const at = (target: string): string => `\n[Install]\nWantedBy=${target}\n`

/**
 * What public bug reports tell of the order in which units start and stop: what a first run says of
 * them, and what it is silent on.
 */
describe('order and shutdown', () => {
  it.each([
    [
      'who must be there before the system is',
      {'a.service': `[Unit]\nBefore=sysinit.target\n\n${job}${at('sysinit.target')}`},
      ['a.service:2 error no-ordering-cycle'],
    ],
    [
      'who must be there before file systems are',
      {'a.service': `[Unit]\nBefore=local-fs-pre.target\n\n${job}${at('local-fs.target')}`},
      ['a.service:2 error no-ordering-cycle'],
    ],
    [
      'who waits for names, before that which gives them',
      {
        'a.service': `[Unit]\nWants=network-pre.target\nBefore=network-pre.target\nAfter=b.service\n\n${job}${at('multi-user.target')}`,
        'b.service': `[Unit]\nAfter=systemd-networkd.service\n\n${daemon}${at('multi-user.target')}`,
      },
      ['b.service:2 error no-ordering-cycle'],
    ],
    [
      'who waits for a network that nobody asks for',
      {'a.service': `[Unit]\nAfter=network-online.target\n\n${daemon}${at('multi-user.target')}`},
      ['a.service:2 warning no-unpulled-target'],
    ],
    [
      'who asks for a network and does not wait',
      {'a.service': `[Unit]\nWants=network-online.target\n\n${daemon}${at('multi-user.target')}`},
      ['a.service:2 warning no-unawaited-target'],
    ],
    [
      'a script at shutdown that is in conflict with it',
      {'a.service': `[Unit]\nBefore=shutdown.target\n\n${job}${at('halt.target reboot.target')}`},
      ['a.service:9 error no-shutdown-conflict', 'a.service:9 error no-shutdown-conflict'],
    ],
    [
      'an early service that no shutdown stops',
      {
        'a.service': `[Unit]\nDefaultDependencies=no\n\n${job}RemainAfterExit=yes\nExecStop=/usr/bin/b\n${at('sysinit.target')}`,
      },
      ['a.service:8 warning no-unstopped-service'],
    ],
    [
      'two orders at once',
      {'a.service': `[Unit]\nBefore=b.service\nAfter=b.service\n\n${daemon}`},
      ['a.service:3 error no-contradictory-dependency'],
    ],
    [
      'a unit that needs what it ends',
      {'a.service': `[Unit]\nRequires=b.service\nConflicts=b.service\n\n${daemon}`},
      ['a.service:3 error no-contradictory-dependency'],
    ],
    [
      'a unit that waits for itself',
      {'a.service': `[Unit]\nAfter=a.service\n\n${daemon}`},
      ['a.service:2 warning no-self-dependency'],
    ],
  ])('tells of %s', async (_name, files, expected) => {
    expect(await said(files)).toEqual(expected)
  })

  it.each([
    [
      'modules that are there to the end',
      `[Unit]\nDefaultDependencies=no\n\n${job}RemainAfterExit=yes\nExecStop=/usr/bin/board-util clean\n${at('multi-user.target')}`,
    ],
    [
      'who is pulled in by the network',
      `[Unit]\nAfter=network-online.target\n\n${daemon}${at('network-online.target')}`,
    ],
    [
      'who is early and ends in order',
      `[Unit]\nDefaultDependencies=no\nBefore=sysinit.target\nConflicts=shutdown.target\n\n${job}${at('sysinit.target')}`,
    ],
    [
      'who waits for the network',
      `[Unit]\nWants=network-online.target\nAfter=network-online.target\n\n${daemon}${at('multi-user.target')}`,
    ],
    [
      'a script at shutdown without the conflict',
      `[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n\n${job}${at('halt.target')}`,
    ],
    [
      'commands at the end of what is there from boot',
      `${job}RemainAfterExit=yes\nExecStop=/usr/bin/b\n${at('multi-user.target')}`,
    ],
    [
      'what happens when the machine sleeps',
      `[Unit]\nBefore=sleep.target\n\n${job}${at('sleep.target')}`,
    ],
    ['who comes late', `[Unit]\nAfter=multi-user.target\n\n${daemon}${at('multi-user.target')}`],
    [
      'who is before the login',
      `[Unit]\nBefore=getty.target display-manager.service\n\n${job}${at('multi-user.target')}`,
    ],
  ])('is silent on %s', async (_name, text) => {
    expect(await said({'a.service': text})).toEqual([])
  })
})
