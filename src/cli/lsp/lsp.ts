import {existsSync} from 'node:fs'
import path from 'node:path'
import {Readable, Writable} from 'node:stream'
import {usageError} from '../../config/usage-error.ts'
import {connect} from '../../lsp/connection.ts'
import {pagesIn} from '../../lsp/pages.ts'
import {serve} from '../../lsp/server.ts'
import type {Main} from '../attempt.ts'
import {writeLine} from '../io.ts'
import {noMore} from '../positionals.ts'
import {version} from '../version.ts'

const options = {
  stdio: {
    type: 'boolean',
    describe:
      'Speak over standard input and output, as editors that start it expect; there is no other way',
  },
} as const

/** Seen from the script that is built, and from this file. */
const folders = ['../docs/rules', '../../../docs/rules'].map((folder) =>
  path.join(path.dirname(import.meta.filename), folder),
)
const pagesFolder = folders.find((folder) => existsSync(folder)) ?? ''

/**
 * `unitlint lsp --stdio`: the language server, for editors. Returns the exit status: 0 after
 * `shutdown` and `exit`, 1 where the client went without.
 */
export const lsp: Main = {
  grammar: {usage: 'unitlint lsp --stdio', options},
  async run(given, io) {
    noMore(given.positionals)
    if (given.on('stdio') === false)
      throw usageError('unitlint', 'Unexpected `--no-stdio`, there is no other way to speak')
    const input = io.stdin instanceof Readable ? io.stdin : Readable.from(io.stdin)
    const output = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => void io.stdout.write(chunk, () => done()),
    })
    const tell = (line: string): void => void writeLine(io.stderr, `unitlint: ${line}`)
    let orphaned: () => void = () => undefined
    const orphan = new Promise<number>((resolve) => (orphaned = () => resolve(1)))
    const {connection, end} = connect(input, output, tell)
    serve(connection, {
      cwd: io.cwd,
      now: io.date,
      version,
      pages: pagesIn(pagesFolder),
      tell,
      orphaned,
    })
    connection.listen()
    const status = await Promise.race([end, orphan])
    connection.dispose()
    input.destroy()
    return status
  },
}
