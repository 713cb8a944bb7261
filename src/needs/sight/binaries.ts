import {access} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {normalPath} from '../../unit/host.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import {query} from '../../unit/query.ts'
import {readElf} from './elf.ts'
import type {Binary} from './elf.ts'
import {
  absenceRows,
  concealing,
  functionRows,
  libraryRows,
  ownImports,
  yieldingOf,
} from './imports.ts'
import type {ImportRow} from './imports.ts'
import {namedPathsIn} from './named-paths.ts'
import type {ShownByFiles, Sign} from './sign.ts'

/** Most libraries are asked for by many programs. */
const binaryIn = query((file: HostFile): Binary | undefined =>
  readElf((start, length) => file.bytes(start, length)),
)

/** Whether a file is a program in machine code, which is looked into. */
export function isCode(file: HostFile): boolean {
  return binaryIn(file) !== undefined
}

/**
 * What the code of a program shows: its imports, those of libraries that are its own, and the
 * paths that it names. Undefined where it is none, or shows nothing.
 */
export function shownByCode(file: HostFile, host: Host): ShownByFiles | undefined {
  const program = binaryIn(file)
  if (!program) return undefined
  const imported = importsOf(program, file, host)
  const signs = [...(imported?.signs ?? []), ...pathsOf(file)]
  return imported || signs.length > 0 ? {signs, lacks: imported?.lacks ?? none} : undefined
}

const pathsIn = query((file: HostFile) =>
  namedPathsIn((start, length) => file.bytes(start, length)),
)

function pathsOf(file: HostFile): readonly Sign[] {
  return pathsIn(file).map((path) => ({
    needs: [],
    path: {path, use: 'mention'},
    because: `\`${file.path}\``,
    yieldsTo: 'tables',
    isOfCode: true,
  }))
}

/** What it is linked with shows; undefined for what is not linked when it starts. */
function importsOf(program: Binary, file: HostFile, host: Host): ShownByFiles | undefined {
  if (!program.isDynamic) return undefined
  const libraries = ownLibraries({binary: program, file}, host)
  const signs = [
    ...rowsWith(functionRows, ownImports(program.imports)).map(({row, name}) =>
      signOf(row, `\`${file.path}\` imports \`${name}\``),
    ),
    ...rowsWith(libraryRows, program.libraries.map(plainName)).map(({row, name}) =>
      signOf(row, `\`${file.path}\` is linked with \`${name}\``),
    ),
    ...libraries.flatMap(({binary, file: {path}}) =>
      rowsWith(sureRows, binary.imports).map(({row, name}) =>
        signOf(row, `\`${path}\`, a library of \`${file.path}\`, imports \`${name}\``),
      ),
    ),
  ]
  return {signs, lacks: lacksOf(program, file, host)}
}

const sureRows = functionRows.filter(({grade}) => grade === 'sure')

function signOf({needs, grade}: ImportRow, because: string): Sign {
  return {needs, because, yieldsTo: yieldingOf(grade), isOfCode: true}
}

interface Linked {
  readonly binary: Binary
  readonly file: HostFile
}

/** The rows of names that stand among some, each with the first that does. */
function rowsWith(
  rows: readonly ImportRow[],
  names: readonly string[],
): ReadonlyArray<{readonly row: ImportRow; readonly name: string}> {
  const {exact, starts} = namesIn(rows)
  const found = new Map<ImportRow, string>()
  for (const name of names) {
    const its = [
      ...(exact.get(name) ?? []),
      ...starts.flatMap(([start, row]) => (name.startsWith(start) ? [row] : [])),
    ]
    for (const row of its) if (!found.has(row)) found.set(row, name)
  }
  return [...found].map(([row, name]) => ({row, name}))
}

/** The rows by the names that stand in them. */
const namesIn = query((rows: readonly ImportRow[]) => {
  const exact = new Map<string, readonly ImportRow[]>()
  const starts: Array<readonly [start: string, row: ImportRow]> = []
  for (const row of rows) {
    for (const name of row.names.split(' ')) {
      if (name.endsWith('*')) starts.push([name.slice(0, -1), row])
      else exact.set(name, [...(exact.get(name) ?? []), row])
    }
  }
  return {exact, starts}
})

/** `libpcap` of `libpcap.so.0.8`. */
function plainName(library: string): string {
  return library.replace(/\.so(?:[.\d]*)$/, '').slice(0, 64)
}

/**
 * The libraries that a program names and that are in folders in which it alone looks: where most of
 * it may be.
 */
function ownLibraries(program: Linked, host: Host): readonly Linked[] {
  if (program.binary.searched.length === 0) return []
  const folders = ownFolders(program)
  return program.binary.libraries
    .slice(0, mostLibraries)
    .flatMap((name) => libraryIn(folders, name, program.binary, host) ?? [])
}

const mostLibraries = 96

function ownFolders({binary: {searched}, file}: Linked): readonly string[] {
  const origin = file.path.slice(0, file.path.lastIndexOf('/'))
  return searched
    .slice(0, 16)
    .map((folder) => normalPath(folder.replaceAll(/\$\{?ORIGIN\}?/g, () => origin)))
}

function libraryIn(
  folders: readonly string[],
  name: string,
  of: Binary,
  host: Host,
): Linked | undefined {
  for (const folder of folders) {
    const file = host.file(`${folder}/${name}`)
    const binary = file && binaryIn(file)
    if (file && binary?.isDynamic && binary.machine === of.machine) return {binary, file}
  }
  return undefined
}

/**
 * What a program does without: exact only where it and all of its libraries are in sight and read
 * to their end, and none of them loads code, starts programs or calls the kernel by number.
 */
function lacksOf(program: Binary, file: HostFile, host: Host): ReadonlyMap<AccessId, string> {
  if (!program.isStarted || !isPlain(program) || host.file('/etc/ld.so.preload')) return none
  const libraries = closure({binary: program, file}, host)
  if (!libraries) return none
  const all = [program, ...libraries.map(({binary}) => binary)]
  const taken = new Set(all.flatMap(({imports}) => imports))
  const asksForCode = all.some((binary) => binary.asksForCode)
  const lacks = new Map<AccessId, string>()
  for (const {lacks: ids, without} of absenceRows) {
    if (without.split(' ').some((name) => taken.has(name))) continue
    for (const id of ids)
      if (id !== 'write-exec-memory' || !asksForCode)
        lacks.set(
          id,
          `read: nothing that \`${file.path}\` is linked with imports a function that ${access(id).title}`,
        )
  }
  return lacks
}

/** Whether all that it does is to call what it imports. */
function isPlain({isExact, imports}: Binary): boolean {
  return isExact && !imports.some((name) => hidden.has(name))
}

const hidden: ReadonlySet<string> = new Set(concealing.split(' '))

const none: ReadonlyMap<AccessId, string> = new Map([])

/**
 * All libraries of a program but the C library, which has all functions; undefined where one is not
 * in sight, or does more than it imports.
 */
function closure(start: Linked, host: Host): readonly Linked[] | undefined {
  const found: Linked[] = []
  const known = new Set<string>()
  const open: Linked[] = [start]
  const folders = systemFolders(host)
  for (let next = open.pop(); next; next = open.pop()) {
    for (const name of next.binary.libraries) {
      if (known.has(name) || isOfC(name)) continue
      if (known.size >= mostLibraries || name.includes('/')) return undefined
      known.add(name)
      const library = libraryIn([...ownFolders(next), ...folders], name, next.binary, host)
      if (!library || !isPlain(library.binary)) return undefined
      found.push(library)
      open.push(library)
    }
  }
  return found
}

/** The C library, its parts of old, and what links. */
function isOfC(name: string): boolean {
  return /^(?:libc|libm|libmvec|libpthread|libdl|librt|libresolv|libutil|libcrypt|libanl|libnsl|libgcc_s|ld-linux[\w-]*|ld-musl-\w+|ld64|libc\.musl-\w+)\.so(?:\.[\d.]+)?$/.test(
    name,
  )
}

function systemFolders(host: Host): readonly string[] {
  const ofMachines = host.names('/usr/lib').filter((name) => /-linux-/.test(name))
  return [
    ...ofMachines.flatMap((name) => [`/usr/lib/${name}`, `/lib/${name}`]),
    '/lib64',
    '/usr/lib64',
    '/lib',
    '/usr/lib',
    '/usr/local/lib',
  ]
}
