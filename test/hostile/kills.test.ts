import {spawn} from 'node:child_process'
import {readFileSync, readdirSync, watch, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {built} from './built.ts'

// UNITLINT_KILLS and UNITLINT_KILL_FILES: how many runs to end, and how many files each has to fix.
const kills = Number(process.env['UNITLINT_KILLS'] ?? 9)
const count = Number(process.env['UNITLINT_KILL_FILES'] ?? 60)

const before = '[Service]\nExecStart=/usr/bin/example\n'
const after = `${before}\nPrivateTmp=yes\n`
const config = {'unitlint.config.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}
const names = Array.from({length: count}, (_, index) => `${index}.service`)
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const

const program = built()

/**
 * End a run, most of them while it writes. Returns how it ended, and how many changes to the folder
 * had been seen before.
 */
async function runAndEnd(
  cwd: string,
  signal: NodeJS.Signals,
): Promise<{ended: string | null; seen: number}> {
  const [first, ...argv] = program.command
  const child = spawn(first, [...argv, '--fix', '.'], {cwd, stdio: 'ignore'})
  let seen = 0
  const isEarly = Math.random() < 0.2
  const moment = Math.floor(Math.random() * Math.min(count, 120))
  const watched = watch(cwd, () => {
    if (!isEarly && seen++ === moment) setTimeout(() => child.kill(signal), Math.random() * 20)
  })
  if (isEarly) setTimeout(() => child.kill(signal), Math.random() * 2000)
  const ended = await new Promise<string | null>((resolve) =>
    child.on('exit', (_, its) => resolve(its)),
  )
  watched.close()
  return {ended, seen}
}

describe('a run that is ended', () => {
  it(
    `leaves each file as it was or as it should be, ${kills} times, and what is left beside them goes with the next run`,
    async () => {
      const cwd = makeFolder({
        ...config,
        ...Object.fromEntries(names.map((name) => [name, before])),
      })
      const texts = (): string[] => names.map((name) => readFileSync(path.join(cwd, name), 'utf8'))
      const left = (): string[] => readdirSync(cwd).filter((name) => name.startsWith('.'))
      const counted = {whileWriting: 0, bySignal: 0, leftovers: 0}
      for (let index = 0; index < kills; index++) {
        const signal = signals[index % signals.length] ?? 'SIGKILL'
        const earlier = left()
        const {ended, seen} = await runAndEnd(cwd, signal)
        const now = texts()
        expect(now.filter((text) => text !== before && text !== after)).toEqual([])
        if (seen > 0) expect(left().filter((name) => earlier.includes(name))).toEqual([])
        if (signal !== 'SIGKILL')
          expect(left().filter((name) => !earlier.includes(name))).toEqual([])
        if (ended !== null) {
          expect(ended).toBe(signal)
          counted.bySignal++
          if (seen > 0) counted.whileWriting++
        }
        counted.leftovers += left().filter((name) => !earlier.includes(name)).length
        if (now.filter((text) => text === before).length < count / 3)
          for (const name of names) writeFileSync(path.join(cwd, name), before)
      }
      for (const name of names) writeFileSync(path.join(cwd, name), before)
      expect(program.run(['--fix', '.'], {cwd}).status).toBe(0)
      expect([texts().filter((text) => text !== after), left()]).toEqual([[], []])
      if (process.env['UNITLINT_KILLS'] !== undefined) console.log(JSON.stringify(counted))
      expect(counted.bySignal).toBeGreaterThan(0)
    },
    // Each of them starts a process and lets it write for a while.
    60_000 + kills * 60_000,
  )
})
