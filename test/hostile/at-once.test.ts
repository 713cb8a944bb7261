import {spawn} from 'node:child_process'
import {readFileSync, readdirSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {built} from './built.ts'

// UNITLINT_AT_ONCE: how often two runs are made at once.
const times = Number(process.env['UNITLINT_AT_ONCE'] ?? 2)

const service = '[Service]\nExecStart=/usr/bin/example\n'
const empty = {'empty.json': '{"extends": []}'}
const names = Array.from({length: 150}, (_, index) => `${index}.service`)

const program = built()

/** Start a run; returns how it ends. */
async function start(
  argv: readonly string[],
  cwd: string,
): Promise<{status: number | null; stderr: string}> {
  const [first, ...rest] = program.command
  const child = spawn(first, [...rest, ...argv], {cwd, stdio: ['ignore', 'ignore', 'pipe']})
  let stderr = ''
  child.stderr.on('data', (data: Buffer) => (stderr += String(data)))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return {status, stderr}
}

describe('two runs at once', () => {
  it(
    `that fix the same files lose nothing, ${times} times: what a run did not write, it says`,
    async () => {
      const counted = {both: 0, one: 0, refused: 0}
      for (let time = 0; time < times; time++) {
        const cwd = makeFolder({
          ...empty,
          ...Object.fromEntries(names.map((name) => [name, service])),
        })
        const rules = [
          ['private-tmp', 'PrivateTmp=yes'],
          ['lock-personality', 'LockPersonality=yes'],
        ] as const
        const runs = await Promise.all(
          rules.map(async ([rule]) =>
            start(['-c', 'empty.json', '--rule', `${rule}: error`, '--fix', '.'], cwd),
          ),
        )
        for (const name of names) {
          const text = readFileSync(path.join(cwd, name), 'utf8')
          const lines = text.split('\n').filter((line) => line !== '')
          const added = lines.slice(2)
          expect(lines.slice(0, 2)).toEqual(['[Service]', 'ExecStart=/usr/bin/example'])
          for (const [index, [, line]] of rules.entries()) {
            const refused =
              runs[index]?.stderr
                .split('\n')
                .includes(`${name}: Not written: the file has changed since it was read`) ?? false
            expect({name, line, isThere: added.includes(line)}).toEqual({
              name,
              line,
              isThere: !refused,
            })
            if (refused) counted.refused++
          }
          if (added.length === 2) counted.both++
          else counted.one++
        }
        for (const {status, stderr} of runs) expect(status).toBe(stderr === '' ? 0 : 2)
        expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
      }
      if (process.env['UNITLINT_AT_ONCE'] !== undefined) console.log(JSON.stringify(counted))
    },
    60_000 * (times + 1),
  )

  it(
    `that update one baseline both find what they looked at in it, ${times} times`,
    async () => {
      for (let time = 0; time < times; time++) {
        const cwd = makeFolder({
          ...empty,
          ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/x.service`, service])),
        })
        const argv = ['-c', 'empty.json', '--exposure-baseline', 'base.json', '--update-baseline']
        const runs = await Promise.all(
          ['a', 'b', 'c', 'd'].map(async (name) => start([...argv, name], cwd)),
        )
        const stderr = 'base.json: Written, with 1 service of this run\n'
        expect(runs).toEqual(runs.map(() => ({status: 0, stderr})))
        const found = Object.keys(
          JSON.parse(readFileSync(path.join(cwd, 'base.json'), 'utf8')) as object,
        )
        expect(found).toEqual(['a', 'b', 'c', 'd'].map((name) => `${name}/x.service`))
        expect(readdirSync(cwd).toSorted()).toEqual(['a', 'b', 'base.json', 'c', 'd', 'empty.json'])
      }
    },
    60_000 * (times + 1),
  )
})
