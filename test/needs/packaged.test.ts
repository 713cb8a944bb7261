import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {packagedServices} from '../../src/dev/facts-attested.ts'
import {packagedRows} from '../../src/dev/facts-packaged.ts'
import {readTable} from '../../src/dev/needs-table.ts'
import {countsOf} from '../../src/dev/facts-rarity.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'packages-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** Has a package with a unit of these lines, and gives the rows of all that it has. */
function rowsWith(name: string, lines: string, below = 'usr/lib/systemd/system'): string[] {
  const units = path.join(folder, name, below)
  mkdirSync(units, {recursive: true})
  writeFileSync(path.join(units, `${name}.service`), `[Service]\n${lines}\n`)
  return [...packagedRows(folder)].filter((row) => row.startsWith(`${name}\t`))
}

describe('how packages run their services', () => {
  it('is said by the program of the main command, who it is, and what its sandbox has', () => {
    expect(
      rowsWith(
        'exampled',
        'Type=notify\nExecStart=/usr/sbin/exampled -n\nUser=_ex\nPrivateTmp=yes',
      ),
    ).toEqual(['exampled\texampled\tUser=non-root\tPrivateTmp=yes'])
    expect(rowsWith('rooted', 'ExecStart=/usr/sbin/rooted\nUser=0\nPrivateDevices=no')).toEqual([
      'rooted\trooted\tUser=root\tPrivateDevices=no',
    ])
  })

  it('is said of what a package has for its program by the name of that', () => {
    expect(rowsWith('dns', 'ExecStart=/usr/share/dns/start-it\nPrivateTmp=yes')).toEqual([
      'dns\tdns\tPrivateTmp=yes',
    ])
  })

  it('is said of users’ units as of those of another user than root', () => {
    expect(
      rowsWith('player', 'ExecStart=/usr/bin/player\nLockPersonality=yes', 'usr/lib/systemd/user'),
    ).toEqual(['player\tplayer\tUser=non-root\tLockPersonality=yes'])
  })

  it.each([
    ['takes nothing away', 'ExecStart=/usr/bin/x'],
    ['is but another user', 'ExecStart=/usr/bin/x\nUser=x'],
    ['runs what an interpreter is given', 'ExecStart=/usr/bin/python3\nPrivateTmp=yes'],
    ['runs applications of others', 'ExecStart=/usr/bin/gunicorn app\nPrivateTmp=yes'],
    ['is of systemd', 'ExecStart=/usr/lib/systemd/systemd-x\nPrivateTmp=yes'],
    ['has no program by name', 'ExecStart=${PROGRAM}\nPrivateTmp=yes'],
  ])('is not said of what %s', (_, lines) => {
    expect(rowsWith(`none-${lines.length}`, lines)).toEqual([])
  })

  it('passes over links that lead nowhere', () => {
    const units = path.join(folder, 'linked', 'usr/lib/systemd/system')
    mkdirSync(units, {recursive: true})
    const link = path.join(units, 'alias.service')
    symlinkSync('gone.service', link)
    expect(rowsWith('linked', 'ExecStart=/usr/bin/linked\nPrivateTmp=yes')).toEqual([
      'linked\tlinked\tPrivateTmp=yes',
    ])
    rmSync(link)
  })

  it('counts once where one hand wrote the same lines for several', () => {
    const table = [
      '# comment',
      ...['a', 'b', 'c'].map((program) => `one\t${program}\tUser=non-root\tProcSubset=pid`),
      'other\td\tUser=non-root\tProcSubset=pid',
    ].join('\n')
    const services = packagedServices(table)
    expect(services.map(({program}) => program)).toEqual(['a', 'b', 'c', 'd'])
    const counted = (some: typeof services): number =>
      countsOf(some, readTable('')).get('proc-files')?.get('unheard-of own')?.of ?? 0
    expect(counted(services)).toBe(2)
    expect(counted(services.slice(1, 2))).toBe(1)
  })
})
