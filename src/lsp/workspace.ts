import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {judge} from '../engine/judge.ts'
import type {Judgement, UnitText} from '../engine/judge.ts'
import type {LintOptions} from '../engine/options.ts'
import {readyUnit} from '../engine/ready-unit.ts'
import {sourceOf} from '../engine/reader.ts'
import {readLocated} from '../files/locate.ts'
import {impostor} from '../files/recognise.ts'
import {partsRead, wanted} from '../files/read-units.ts'
import type {UnitFile} from '../files/unit-files.ts'
import {machineIn} from '../machine/machine.ts'
import type {WholeMachine} from '../machine/machine.ts'
import type {Sight} from '../machine/sight.ts'
import type {Unit} from '../rule/unit.ts'
import {load} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {SourceFile} from '../unit/unit.ts'
import {oldestOf} from '../facts/targets.ts'
import {document} from './document.ts'
import type {Document} from './document.ts'
import type {Encoding} from './places.ts'
import type {ConfiguredUnit, Scene} from './scene.ts'

/** A file of a unit with its text. */
export interface WrittenFile extends UnitFile {
  /** Absolute. */
  readonly absolute: string
  readonly text: string
  readonly mode: number | undefined
}

/** A unit as it stands in an editor and in files. */
export interface OpenUnit {
  readonly identity: UnitIdentity
  readonly files: readonly [WrittenFile, ...WrittenFile[]]
  readonly sight: Sight
  readonly options: LintOptions
}

/**
 * A folder with the texts that are open in it: what answers are asked of. Never changed; an edit
 * makes another.
 */
export interface Workspace {
  readonly scene: Scene
  /** The documents that stand for files, by absolute path. */
  readonly open: ReadonlyMap<string, Document>
  /** The units that a file is of, by its absolute path; none where it is nothing to lint. */
  unitsOf(file: string): readonly OpenUnit[]
  /** The units of the folder, each read when its turn comes. */
  all(): Iterable<OpenUnit>
  /** The text of a file, by its absolute path, as it stands; undefined where it cannot be read. */
  read(file: string): string | undefined
  /** A path that people know, absolute. */
  absoluteOf(file: string): string
  /** How the client calls a file, by its absolute path. */
  uriOf(file: string): string
  /** A file, by its absolute path, with its text, open or not. */
  documentOf(file: string, text: string): Document
}

/** A folder with these texts in the places of files. */
export function workspace(
  scene: Scene,
  open: ReadonlyMap<string, Document>,
  encoding: Encoding,
): Workspace {
  const {folder} = scene
  const changed = [...open.values()].filter((its) => its.text !== scene.texts.get(its.path))
  const names = changed.flatMap(({path: file}) =>
    (scene.byFile.get(file) ?? []).map(({unit}) => unit.identity.name),
  )
  const sightNow = each((sight: Sight) =>
    changed.length === 0 ? sight : sightAfter(sight, names, open, folder),
  )
  const written = each((configured: ConfiguredUnit) =>
    openUnits(configured, sightNow(configured.unit.sight), open, folder),
  )
  return {
    scene,
    open,
    unitsOf: (file) => (scene.byFile.get(file) ?? []).flatMap(written),
    *all() {
      for (const configured of scene.units) yield* written(configured)
    },
    read: (file) => open.get(file)?.text ?? textAt(file, folder),
    absoluteOf: (file) => path.resolve(folder, file),
    uriOf: (file) => open.get(file)?.uri ?? pathToFileURL(file).href,
    documentOf(file, text) {
      const its = open.get(file)
      if (its?.text === text) return its
      const {uri = pathToFileURL(file).href, version = null} = its ?? {}
      return document({uri, path: file, version, text}, encoding)
    },
  }
}

/** The units that the files of one make, as they stand: nothing of what only looks like a unit. */
function openUnits(
  {unit, config, options}: ConfiguredUnit,
  sight: Sight,
  open: ReadonlyMap<string, Document>,
  folder: string,
): readonly OpenUnit[] {
  const files = wanted(unit, (file) => config.isIgnored(path.resolve(folder, file))).flatMap(
    (file): WrittenFile[] => {
      const absolute = path.resolve(folder, file.path)
      const its = textNow(file.path, sight, open.get(absolute), folder)
      return its ? [{...file, absolute, ...its}] : []
    },
  )
  return partsRead(files, unit).flatMap((part) =>
    impostor(part.files[0].text) === undefined ? [{...part, sight, options}] : [],
  )
}

/** The text of a file: as it is open, as it was seen, or as it is read now. */
function textNow(
  file: string,
  sight: Sight,
  open: Document | undefined,
  folder: string,
): Pick<WrittenFile, 'text' | 'mode'> | undefined {
  const seen = sight.read(file)
  if (open) return {text: open.text, mode: seen?.mode}
  if (seen) return {text: seen.tree.text, mode: seen.mode}
  const found = readLocated(file, {cwd: folder})
  return 'text' in found ? found : undefined
}

function textAt(file: string, folder: string): string | undefined {
  const found = readLocated(file, {cwd: folder})
  return 'text' in found ? found.text : undefined
}

/** A function of objects whose answers are kept for as long as it is. */
function each<Subject extends object, Answer>(
  work: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new Map<Subject, Answer>()
  return (subject) => {
    const answer = known.get(subject) ?? work(subject)
    known.set(subject, answer)
    return answer
  }
}

/** What is in sight once some files have other texts. */
function sightAfter(
  sight: Sight,
  changed: readonly string[],
  open: ReadonlyMap<string, Document>,
  folder: string,
): Sight {
  const others = new Set(changed)
  return {
    ...sight,
    read(file) {
      const its = open.get(path.resolve(folder, file))
      if (!its) return sight.read(file)
      return its.tooMuch === undefined ? {tree: its.tree, mode: sight.read(file)?.mode} : undefined
    },
    plainText(name) {
      const text = sight.plainText(name)
      if (text === undefined || !others.has(name)) return text
      const its = open.get(path.resolve(folder, sight.find(name).fragment ?? ''))
      return its?.tooMuch === undefined && its?.text !== '' ? its?.text : undefined
    },
    since: {sight, changed},
  }
}

/** What is found in a unit, by the paths of its files, without fixes. */
export const judgement = query((unit: OpenUnit): Judgement =>
  judge(unitTexts(unit), {...unit.options, exposure: false}),
)

/** How exposed a service is, and would be once what is safe to fix is fixed. */
export const exposureNow = query(
  (unit: OpenUnit): Judgement['exposure'] => judge(unitTexts(unit), unit.options).exposure,
)

/** A unit as `judge` takes it; `changeable`: the files that fixes may change, by absolute path. */
export function unitTexts(
  {identity, files, sight}: OpenUnit,
  changeable?: ReadonlySet<string>,
): Parameters<typeof judge>[0] {
  const [first, ...others] = files.map(
    ({path: file, absolute, text, mode, isAsked, isShared}): UnitText => ({
      path: file,
      text,
      mode,
      isChangeable: isAsked && !isShared && (changeable?.has(absolute) ?? true),
    }),
  )
  if (!first) throw new Error('Expected a unit to have a file')
  return {files: [first, ...others], identity, sight}
}

/** A unit as the oldest of its targets reads it, ready to be asked. */
export const unitNow = query((unit: OpenUnit): Unit => {
  const {identity, files, options} = unit
  const target = oldestOf(options.targets)
  const sources = files.map((file, index): SourceFile =>
    sourceOf(file, index === 0 ? identity.role : 'drop-in'),
  )
  const loaded = load(sources, {
    ...identity,
    target,
    manager: options.manager,
    host: unit.sight.host,
    now: options.now,
  })
  return readyUnit(loaded, options, machineNow(unit))
})

/** The units in sight of one. */
export function machineNow({sight, options}: OpenUnit): WholeMachine {
  return machineIn(sight, oldestOf(options.targets), options.manager)
}
