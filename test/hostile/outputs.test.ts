import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {spawnSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {built} from './built.ts'
import {canMake, fill, makeDisk} from './disk.ts'

const service = '[Service]\nExecStart=/usr/bin/example\n'
const config = {'unitlint.config.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}
const lost = (name: string): string =>
  `unitlint: ${name} cannot be written: No space left on the device\n`

const program = built()

/** Run in a shell; `$U` is the command. */
function shell(
  script: string,
  cwd: string,
): {status: number | null; stdout: string; stderr: string} {
  const [first, ...argv] = program.command
  const {status, stdout, stderr} = spawnSync(
    'bash',
    ['-c', `U() { "${first}" "${argv.join('" "')}" "$@"; }\n${script}`],
    {cwd, encoding: 'utf8'},
  )
  return {status, stdout, stderr}
}

describe.runIf(existsSync('/dev/full'))('output that cannot be written', () => {
  it.each([
    ['a report', 'U a.service'],
    ['JSON', 'U -f json a.service'],
    ['the fixed text of standard input', 'U --fix --stdin < a.service'],
    ['a diff', 'U --diff a.service'],
    ['the version', 'U --version'],
    ['help', 'U --help'],
    ['rules', 'U rules'],
    ['a table', 'U security a.service'],
    ['a unit', 'U show a.service'],
    ['what speaks against', 'U why-not PrivateTmp a.service'],
    ['an explanation', 'U explain private-tmp'],
    ['a config', 'U print-config a.service'],
  ])('of %s is status 2 and one line', (_, command) => {
    const cwd = makeFolder({...config, 'a.service': service})
    const {status, stderr} = shell(`${command} > /dev/full`, cwd)
    expect(status).toBe(2)
    expect(stderr.split('\n').filter((line) => line.startsWith('unitlint: Standard'))).toEqual([
      lost('Standard output').trimEnd(),
    ])
  })

  it('of standard error is status 2', () => {
    const cwd = makeFolder({...config, 'a.service': service})
    expect(shell('U none.service 2> /dev/full', cwd)).toEqual({status: 2, stdout: '', stderr: ''})
    expect(shell('U a.service > /dev/full 2> /dev/full', cwd)).toEqual({
      status: 2,
      stdout: '',
      stderr: '',
    })
  })

  it('of a report file is status 2', () => {
    const cwd = makeFolder({...config, 'a.service': service})
    expect(shell('U -o /dev/full a.service', cwd)).toEqual({
      status: 2,
      stdout: '',
      stderr: '--output-file: /dev/full: No space left on the device\n',
    })
  })

  it('keeps no fix from being written', () => {
    const cwd = makeFolder({...config, 'a.service': service})
    expect(shell('U --fix -f json a.service > /dev/full', cwd).status).toBe(2)
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(`${service}\nPrivateTmp=yes\n`)
  })
})

describe('a reader that goes away', () => {
  it('is no fault: the status stays true', () => {
    const units = Object.fromEntries(
      Array.from({length: 300}, (_, index) => [`${index}.service`, service]),
    )
    const cwd = makeFolder({...config, ...units})
    expect(shell('U -f json . | head -c 1 > /dev/null; exit ${PIPESTATUS[0]}', cwd)).toEqual({
      status: 1,
      stdout: '',
      stderr: '',
    })
  })
})

describe('a report file', () => {
  it('may be what another program reads', () => {
    const cwd = makeFolder({...config, 'a.service': service})
    const {status, stdout, stderr} = shell(
      '{ echo before; U -f json -o /dev/stdout a.service; echo after; } | cat',
      cwd,
    )
    expect({status, stderr}).toEqual({status: 0, stderr: ''})
    expect(stdout).toMatch(/^before\n\[.*\]\nafter\n$/s)
    expect(shell('U -f json -o >(cat > got) a.service; wait $!; cat got', cwd).stdout).toMatch(
      /^\[.*\]\n$/s,
    )
  })

  it('is replaced, with its mode, through links', () => {
    const cwd = makeFolder({
      ...config,
      'a.service': service,
      'real.json': 'x'.repeat(100_000),
      'report.json': {link: 'real.json'},
    })
    expect(
      shell('chmod 640 real.json; U -f json -o report.json a.service; stat -c %a real.json', cwd)
        .stdout,
    ).toBe('640\n')
    expect(JSON.parse(readFileSync(`${cwd}/real.json`, 'utf8'))).toHaveLength(1)
  })

  it('is cut short by no limit on the size of files: nothing is written then', () => {
    const cwd = makeFolder({...config, 'a.service': `${service}${'# padding\n'.repeat(1000)}`})
    writeFileSync(`${cwd}/report.json`, 'an older one\n')
    const {status, stderr} = shell('ulimit -f 4; U --fix a.service > /dev/null', cwd)
    expect([status, stderr]).toEqual([
      2,
      'a.service: Not written: Too large for this file system, or for you\n',
    ])
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(`${service}${'# padding\n'.repeat(1000)}`)
  })
})

describe.runIf(canMake('tmpfs'))('standard output that is a file on a nearly full disk', () => {
  it('is written whole, or the status is 2', () => {
    const disk = makeDisk('tmpfs') ?? ''
    const cwd = makeFolder({...config, 'a.service': `${service}${'# padding\n'.repeat(3000)}`})
    const status = (free: number): number | null => {
      fill(disk, free)
      return shell(`U --fix --stdin < a.service > ${disk}/fixed`, cwd).status
    }
    expect([status(8192), status(65_536)]).toEqual([2, 0])
  })
})
