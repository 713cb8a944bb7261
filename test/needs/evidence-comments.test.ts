import {describe, expect, it} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import type {Need} from '../../src/needs/evidence/need.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {service} from '../unit/unit.ts'

const start = '[Service]\nExecStart=/usr/bin/example\n'

/** What comments show, each with whether it is a question for a person. */
function shown(text: string): string[] {
  const its: readonly Need[] = needs(service(text, '257'))
  return its
    .filter(({because}) => /a comment of the unit|commented out/.test(because))
    .map(({access, isPossible}) => `${access}${isPossible ? ', perhaps' : ''}`)
}

describe('a comment of the unit', () => {
  it.each([
    ["# PrivateTmp: can't be used as it hides caches", ['shared-tmp']],
    ['# no ProtectHome for logs of users', ['home-read']],
    ['; Without NoNewPrivileges=, as it runs sudo', ['privileges-by-exec']],
    ['# PrivateTmp= and MemoryDenyWriteExecute= break it', ['shared-tmp', 'write-exec-memory']],
    ['#PrivateTmp=yes', ['shared-tmp, perhaps']],
    ['  #  ProtectHome = read-only', ['home-write, perhaps']],
    ['# ProtectHome=read-only hides what users mount', ['home-write']],
    ["#PrivateDevices=yes # Won't see the card", ['raw-devices']],
    ['#PrivateUsers=no', ['host-users, perhaps']],
    ['# SystemCallArchitectures=native breaks wine', ['foreign-abi']],
    ['#SystemCallArchitectures=native', ['foreign-abi, perhaps']],
  ])('%j shows %j', (comment, expected) => {
    expect(shown(`${start}${comment}\n`)).toEqual(expected)
    expect(shown(`${comment}\n${start}`)).toEqual(expected)
    expect(shown(`${start}Environment=A=1 \\\n${comment}\n  B=2\n`)).toEqual(expected)
  })

  it.each([
    '# A private tmp would be nice',
    '# User=example, Delegate=yes',
    '# XPrivateTmp=yes PrivateTmpfs=yes',
    '# SystemCallFilter=~@mount',
    '# private-tmp: others meet it there',
  ])('%j shows nothing', (comment) => {
    expect(shown(`${start}${comment}\n`)).toEqual([])
  })

  it('shows nothing of what the unit sets', () => {
    expect(shown(`${start}# PrivateTmp= as others write there\nPrivateTmp=yes\n`)).toEqual([])
    expect(shown(`${start}#PrivateTmp=yes\nPrivateTmp=no\n`)).toEqual(['shared-tmp, perhaps'])
    expect(shown(`${start}#ProtectSystem=strict\nProtectSystem=full\n`)).toEqual([
      'write-anywhere, perhaps',
    ])
    expect(shown(`${start}#ProtectSystem=yes\nProtectSystem=full\n`)).toEqual([])
  })

  it('is an offer where it comments out a line and the program is known', () => {
    const haproxy = '[Service]\nExecStart=/usr/sbin/haproxy -Ws\n'
    expect(shown(`${haproxy}#ProtectClock=yes\n`)).toEqual([])
    expect(shown(`${haproxy}# ProtectClock= hides its clock\n`)).toEqual(['clock'])
  })

  it('withholds what a sentence speaks of, and leaves to a person what is commented out', () => {
    const weighed = (comment: string): string =>
      weigh(['personality'], needs(service(`${start}${comment}\n`, '257'))).applicability
    expect(weighed('')).toBe('safe')
    expect(weighed('# LockPersonality=yes')).toBe('unsafe')
    expect(weighed('# It runs old games: no LockPersonality')).toBe('withheld')
  })
})
