import {spawn} from 'node:child_process'
import {readFileSync, readdirSync, watch} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {built} from './built.ts'

const before = '[Service]\nExecStart=/usr/bin/example\n'
const after = `${before}\nPrivateTmp=yes\n`
const config = {'unitlint.config.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}
const names = Array.from({length: 100}, (_, index) => `${index}.service`)

const program = built()

/**
 * Send signals to a run once it writes. Returns how a shell sees it end, and what the files are
 * then.
 */
async function interrupt(
  signals: readonly NodeJS.Signals[],
): Promise<{status: number | null; texts: string[]; others: string[]}> {
  const cwd = makeFolder({...config, ...Object.fromEntries(names.map((name) => [name, before]))})
  const [first, ...argv] = program.command
  // The shell says 128 + n of what a signal has ended.
  const child = spawn(
    'bash',
    ['-c', '"$@" & echo $!; wait $!; exit $?', 'bash', first, ...argv, '--fix', '.'],
    {cwd, stdio: ['ignore', 'pipe', 'ignore']},
  )
  const pid = new Promise<number>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(Number.parseInt(String(data), 10))),
  )
  child.stdout.resume()
  const watched = watch(cwd)
  await new Promise((resolve) => watched.once('change', resolve))
  const its = await pid
  for (const signal of signals) process.kill(its, signal)
  const status = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  watched.close()
  return {
    status,
    texts: names.map((name) => readFileSync(path.join(cwd, name), 'utf8')),
    others: readdirSync(cwd).filter((name) => !names.includes(name)),
  }
}

describe.runIf(process.platform === 'linux')('a signal to end, in the middle of writing', () => {
  it.each([
    [['SIGINT'], 130],
    [['SIGTERM'], 143],
    [['SIGHUP'], 129],
    [['SIGQUIT'], 131],
    [['SIGTERM', 'SIGTERM', 'SIGTERM'], 143],
  ] as const)(
    '%j ends it as a shell expects, with whole files and nothing beside them',
    async (signals, expected) => {
      const {status, texts, others} = await interrupt(signals)
      expect({status, others}).toEqual({status: expected, others: ['unitlint.config.json']})
      expect(texts.filter((text) => text !== before && text !== after)).toEqual([])
      expect(texts.filter((text) => text === after).length).toBeGreaterThan(0)
      expect(texts.filter((text) => text === before).length).toBeGreaterThan(0)
    },
  )

  it('of a terminal, which goes to all that runs in it, ends it no less', async () => {
    const cwd = makeFolder({...config, ...Object.fromEntries(names.map((name) => [name, before]))})
    const [first, ...argv] = program.command
    const child = spawn(first, [...argv, '--fix', '.'], {cwd, stdio: 'ignore', detached: true})
    watch(cwd).once('change', function stop(this: {close(): void}) {
      this.close()
      // The whole group, as Ctrl-C does.
      process.kill(-(child.pid ?? 0), 'SIGINT')
    })
    const signal = await new Promise((resolve) => child.on('exit', (_, its) => resolve(its)))
    const texts = names.map((name) => readFileSync(path.join(cwd, name), 'utf8'))
    expect([signal, readdirSync(cwd).filter((name) => name.startsWith('.'))]).toEqual([
      'SIGINT',
      [],
    ])
    expect(texts.filter((text) => text !== before && text !== after)).toEqual([])
  })
})

it('a signal before anything is written ends a run at once', async () => {
  const cwd = makeFolder({...config, 'a.service': before})
  const [first, ...argv] = program.command
  const child = spawn(first, [...argv, '--stdin'], {cwd, stdio: ['pipe', 'ignore', 'ignore']})
  child.on('spawn', () => child.kill('SIGTERM'))
  expect(await new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))).toBe(
    'SIGTERM',
  )
})
