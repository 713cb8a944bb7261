import {spawnSync} from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {diagnostics} from '../lsp/answers/diagnostics.ts'
import {Desk} from '../lsp/desk.ts'

/** A line of the command's report in JSON, as far as it is compared. */
interface ReportedFile {
  readonly filePath: string
  readonly messages: ReadonlyArray<
    Readonly<
      Record<'line' | 'column' | 'endLine' | 'endColumn', number> & {
        readonly ruleId?: string | null
        readonly message: string
      }
    >
  >
}

/**
 * Hold what the language server says of all files of folders to what the built command says: `node
 * src/dev/run.mjs lsp-equal FOLDER...`. Each file is open in the editor when it is asked about.
 */
export async function main(folders: readonly string[]): Promise<void> {
  let [same, other] = [0, 0]
  for (const folder of folders.map((name) => path.resolve(name))) {
    const {stdout} = spawnSync(process.execPath, [path.resolve('dist', 'cli.js'), '-f', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    })
    // The command's own format.
    const entries = JSON.parse(stdout === '' ? '[]' : stdout) as ReportedFile[]
    const entryOf = new Map(entries.map((entry) => [path.resolve(folder, entry.filePath), entry]))
    const desk = new Desk({cwd: folder, now: () => Date.now(), note: (line) => console.log(line)})
    desk.look([folder])
    const {scene} = await desk.spaceIn(folder)
    for (const file of new Set([...scene.byFile.keys(), ...entryOf.keys()])) {
      const text = (await desk.spaceIn(folder)).read(file)
      const uri = pathToFileURL(file).href
      if (text !== undefined) desk.open(uri, text, 1)
      const space = await desk.spaceOf(file)
      const its = space.documentOf(file, text ?? '')
      // Clients end lines otherwise than systemd does, so places are compared as offsets.
      const {lineStarts} = its.tree
      const offset = (line: number, column: number): number =>
        (lineStarts[line - 1] ?? 0) + column - 1
      const found = diagnostics(space, its, {ruleUrl: () => undefined}).map(
        ({code = '', message, range: {start, end}}) =>
          JSON.stringify([code, message, its.places.offsetAt(start), its.places.offsetAt(end)]),
      )
      const wanted = (entryOf.get(file)?.messages ?? []).map(
        ({ruleId, message, line, column, endLine, endColumn}) =>
          JSON.stringify([ruleId ?? '', message, offset(line, column), offset(endLine, endColumn)]),
      )
      const isSame =
        found.length === wanted.length && found.every((row, index) => row === wanted[index])
      if (isSame) same++
      else if (other++ < 20)
        console.log(
          `${file}\n  server:  ${found.filter((row) => !wanted.includes(row)).join('\n  ')}\n  command: ${wanted.filter((row) => !found.includes(row)).join('\n  ')}`,
        )
      desk.close(uri)
    }
  }
  console.log(`${same} files with the same answers, ${other} with others`)
  if (other > 0) process.exitCode = 1
}
