import {writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {completion} from '../../lsp/answers/completion.ts'
import {diagnostics} from '../../lsp/answers/diagnostics.ts'
import {Desk} from '../../lsp/desk.ts'
import {subject} from '../../lsp/subject.ts'
import {rounded, withFolder} from './measure.ts'
import {usual, writeServices} from './subjects.ts'

/** Keystrokes before it is warm, and those that are measured. */
const [warming, measured] = [400, 2000]

/**
 * Milliseconds of the processor for the answer to a keystroke of the language server: what is wrong
 * in a unit of a hundred lines, and what could be written next. And megabytes that are kept after
 * so many edits.
 */
export async function typingPart(edits = 10_000): Promise<Record<string, object>> {
  return {
    '20 neighbours': await typing(20, edits),
    '4000 units': await typing(4000, measured + warming),
  }
}

async function typing(neighbours: number, edits: number): Promise<object> {
  return withFolder(async (folder) => {
    writeServices(folder, neighbours)
    const file = path.join(folder, 'typed.service')
    const uri = pathToFileURL(file).href
    writeFileSync(file, long)
    const desk = new Desk({cwd: folder, now: () => Date.now(), note: () => undefined})
    desk.look([folder])
    desk.open(uri, long, 1)
    const times: number[] = []
    const kept: number[] = []
    let version = 1
    for (const stroke of keystrokes(edits)) {
      const before = process.cpuUsage()
      const answers = await answersTo(stroke, desk, uri, ++version)
      if (JSON.stringify(answers).length === 0) throw new Error('Expected an answer')
      const {user, system} = process.cpuUsage(before)
      times.push((user + system) / 1000)
      if (version === edits >> 1 || version === edits) kept.push(megabytes())
    }
    const warm = times.slice(warming).toSorted((one, other) => one - other)
    const at = (part: number): number =>
      rounded(warm[Math.floor(part * (warm.length - 1))] ?? Number.NaN)
    return {
      'first ms': rounded(times[0] ?? Number.NaN),
      'median ms': at(0.5),
      '99th ms': at(0.99),
      'most ms': at(1),
      [`MB after ${edits / 2}`]: kept[0],
      'MB after all': kept[1],
    }
  })
}

/** What is wrong after a keystroke, and what could be written next. */
async function answersTo(
  {line, character, text, length}: Keystroke,
  desk: Desk,
  uri: string,
  version: number,
): Promise<readonly unknown[]> {
  const end =
    length === 'line' ? {line: line + 1, character: 0} : {line, character: character + length}
  desk.change(uri, [{range: {start: {line, character}, end}, text}], version)
  const its = desk.document(uri)
  if (!its) throw new Error('Expected the document to be open')
  const space = await desk.spaceOf(its.path)
  const behind = its.places.offsetAt({line, character: character + text.length})
  return [
    diagnostics(space, its, {ruleUrl: () => undefined}),
    completion(subject(space, its), behind),
  ]
}

function megabytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return rounded(process.memoryUsage().heapUsed / 1024 / 1024)
}

/** A unit of a hundred lines. */
const long = ((): string => {
  const lines = usual.split('\n')
  const service = lines.indexOf('[Service]') + 1
  const more = Array.from({length: 100 - lines.length}, (_, index) =>
    index % 4 === 3 ? `# Variable ${index}` : `Environment=VARIABLE_${index}=value-${index}`,
  )
  return [...lines.slice(0, service), ...more, ...lines.slice(service)].join('\n')
})()

interface Keystroke {
  readonly line: number
  readonly character: number
  readonly text: string
  /** Characters that it takes out; or the whole line. */
  readonly length: number | 'line'
}

/**
 * Lines that are typed letter by letter in some places, and taken out again: a dependency changes
 * what a unit is to the others, a directive does not.
 */
function* keystrokes(count: number): Iterable<Keystroke> {
  const lines = [
    [4, 'After=unit-7.service unit-11.service'],
    [30, 'ProtectKernelTunables=yes'],
    [50, 'SystemCallFilter=@system-service @mount'],
    [9, 'ReadWritePaths=/srv/backup'],
  ] as const
  let left = count
  for (;;) {
    for (const [line, text] of lines) {
      yield {line, character: 0, text: '\n', length: 0}
      for (const [character, letter] of [...text].entries()) {
        yield {line, character, text: letter, length: 0}
        if (left-- <= 0) return
      }
      for (let character = text.length - 1; character >= 0; character--) {
        yield {line, character, text: '', length: 1}
        if (left-- <= 0) return
      }
      yield {line, character: 0, text: '', length: 'line'}
    }
  }
}
