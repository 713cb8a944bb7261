import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import type {Manager, Oracle} from './systemd.ts'

/** Units in one folder: texts by file name, and links such as `x.target.wants/y.service`. */
export interface Folder {
  readonly texts: ReadonlyMap<string, string>
  readonly links?: readonly string[]
}

/** What systemd says when it loads a folder of units and starts some of them. */
export interface Dump {
  /**
   * Of each unit that loads, its dependencies as `Kind: name`, those left out that another unit
   * makes.
   */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>
  /** The units in whose start an ordering cycle was found. */
  readonly inCycles: ReadonlySet<string>
}

/** Have a systemd load units of a folder (all, when not told which) and try to start each. */
export function dump(
  oracle: Oracle,
  {texts, links = []}: Folder,
  names = [...texts.keys()],
  {user = false}: Manager = {},
): Dump {
  const root = mkdtempSync(join(tmpdir(), 'unitlint-dump-'))
  try {
    for (const [name, text] of texts) writeFileSync(join(root, name), text)
    for (const link of links) {
      mkdirSync(dirname(join(root, link)), {recursive: true})
      symlinkSync(`../${link.slice(link.indexOf('/') + 1)}`, join(root, link))
    }
    const {stdout, stderr} = spawnSync(
      oracle.command,
      ['verify', '--man=no', ...(user ? ['--user'] : []), ...names.map((name) => join(root, name))],
      {
        encoding: 'utf8',
        env: {
          PATH: '/usr/bin:/bin',
          LC_ALL: 'C.UTF-8',
          SYSTEMD_UNIT_PATH: '',
          XDG_RUNTIME_DIR: '/tmp',
          SYSTEMD_LOG_LEVEL: 'debug',
        },
        maxBuffer: 2 ** 30,
      },
    )
    return {
      dependencies: dependenciesIn(stdout),
      inCycles: new Set(
        [...stderr.matchAll(/^(\S+): Found ordering cycle/gm)].map(([, name = '']) => name),
      ),
    }
  } finally {
    rmSync(root, {recursive: true, force: true})
  }
}

function dependenciesIn(text: string): Dump['dependencies'] {
  const found = new Map<string, Set<string>>()
  let current = new Set<string>()
  for (const line of text.split('\n')) {
    const name = /^\t(?:->|→) Unit (\S+):$/.exec(line)?.[1]
    if (name !== undefined) found.set(name, (current = new Set()))
    const [, kind = '', other = '', masks = ''] =
      /^\t\t(\w+): (\S+) \(((?:origin|destination)-[\w -]+)\)$/.exec(line) ?? []
    if (masks.includes('origin-') && !kind.startsWith('Referen') && !kind.endsWith('MountsFor'))
      current.add(`${kind}: ${other}`)
  }
  return found
}
