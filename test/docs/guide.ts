/** What a guide has people do, in the order of its lines. */
export type Step = Run | {readonly kind: 'file'; readonly name: string; readonly text: string}

/** A command with its screen, and the line in which it stands. */
export interface Run {
  readonly kind: 'run'
  readonly command: string
  readonly screen: readonly string[]
  readonly line: number
}

/** A guide as its readers follow it. */
export interface Guide {
  readonly steps: readonly Step[]
  /** Why blocks are not run, as the comments above them say. */
  readonly excused: readonly string[]
}

/**
 * Read a guide: a block of code that begins with a comment of a file's name (`# app.service`, `//
 * unitlint.config.ts`) is that file, a line that begins with `$ ` in a block for consoles is a
 * command, and what stands below it is its screen. `...` by itself in a line stands for any lines.
 *
 * A block below `<!-- not run: WHY -->` is not run.
 */
export function readGuide(text: string): Guide {
  const steps: Step[] = []
  const excused: string[] = []
  for (const {1: reason, 2: language = '', 3: body = '', index} of text.matchAll(block)) {
    const first = text.slice(0, index).split('\n').length + (reason === undefined ? 0 : 1)
    if (reason !== undefined) excused.push(reason)
    else if (language === 'console') steps.push(...commandsIn(body, first))
    else {
      const name = named.exec(body)?.[1]
      // JSON has no comments.
      if (name !== undefined)
        steps.push({
          kind: 'file',
          name,
          text: name.endsWith('.json') ? body.slice(body.indexOf('\n') + 1) : body,
        })
    }
  }
  return {steps, excused}
}

const block = /^(?:<!-- not run: ([^\n]+) -->\n)?```([a-z]*)\n(.*?)^```$/gms

const named = /^(?:#|\/\/) ([\w@.\\/-]+\.[a-z]+)\n/

function commandsIn(body: string, first: number): Step[] {
  const steps: Array<Run & {screen: string[]}> = []
  for (const [index, line] of body.trimEnd().split('\n').entries()) {
    if (line.startsWith('$ '))
      steps.push({kind: 'run', command: line.slice(2), screen: [], line: first + index + 1})
    else steps.at(-1)?.screen.push(line)
  }
  return steps
}

/** Whether a screen is as a guide shows it. */
export function isAsShown(screen: string, shown: readonly string[]): boolean {
  const pattern = shown
    .map((line) =>
      line.trim() === '...'
        ? '(?:.*\n)*?'
        : `${line.trimEnd().replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')} *\n`,
    )
    .join('')
  return new RegExp(`^${pattern}$`).test(
    screen === '' || screen.endsWith('\n') ? screen : `${screen}\n`,
  )
}

/** A guide with other screens for some of its commands. */
export function withScreens(text: string, runs: readonly Run[]): string {
  const lines = text.split('\n')
  for (const {line, screen} of runs.toSorted((a, b) => b.line - a.line)) {
    const length = lines.slice(line).findIndex((next) => next.startsWith('$ ') || next === '```')
    lines.splice(line, length, ...screen.filter((shown) => shown !== '' || screen.length > 1))
  }
  return lines.join('\n')
}
