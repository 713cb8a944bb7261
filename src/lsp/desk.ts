import {createHash} from 'node:crypto'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import type {TextDocumentContentChangeEvent} from 'vscode-languageserver'
import {configNames, isInside} from '../config/find.ts'
import {readLocated} from '../files/locate.ts'
import {unitOf} from '../unit/load.ts'
import {document, editedDocument} from './document.ts'
import type {Document} from './document.ts'
import type {Encoding} from './places.ts'
import {sceneOf} from './scene.ts'
import type {Scene} from './scene.ts'
import {defaultSettings, flagsOf} from './settings.ts'
import type {ClientSettings} from './settings.ts'
import {workspace} from './workspace.ts'
import type {Workspace} from './workspace.ts'

/** What a desk has of the world. */
export interface World {
  /** Absolute: where texts are that are in no file. */
  readonly cwd: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Takes a line for the user about a config. */
  readonly note: (line: string) => void
}

/** A look at a folder, which takes a moment. */
interface Look {
  readonly promise: Promise<Scene>
  scene: Scene | undefined
}

/** What lies open in an editor, and what is known of the folders around it. */
export class Desk {
  encoding: Encoding = 'utf-16'
  readonly #world: World
  readonly #documents = new Map<string, Document>()
  #byPath: Map<string, Document> | undefined
  #folders: readonly string[] = []
  #settings: ClientSettings = defaultSettings
  readonly #scenes = new Map<string, Look>()
  readonly #spaces = new WeakMap<Scene, Workspace>()

  constructor(world: World) {
    this.#world = world
  }

  get folders(): readonly string[] {
    return this.#folders
  }

  get documents(): Iterable<Document> {
    return this.#documents.values()
  }

  document(uri: string): Document | undefined {
    return this.#documents.get(uri)
  }

  /** Take folders for those that the user works in, by absolute path. */
  look(folders: readonly string[]): void {
    this.#folders = folders
    this.#scenes.clear()
  }

  configure(settings: ClientSettings): void {
    this.#settings = settings
    this.#scenes.clear()
  }

  open(uri: string, text: string, version: number): void {
    const its = document(
      {uri, path: documentPath(uri, this.#world.cwd), version, text},
      this.encoding,
    )
    this.#put(its)
  }

  change(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const before = this.#documents.get(uri)
    if (before) this.#put(editedDocument(before, changes, version, this.encoding))
  }

  close(uri: string): void {
    const its = this.#documents.get(uri)
    if (!its) return
    this.#documents.delete(uri)
    this.#byPath = undefined
    this.#forget(
      ({texts, byFile}) => texts.has(its.path) || (byFile.has(its.path) && its.text === ''),
    )
  }

  /** Anything may have changed on disk. */
  lookAgain(): void {
    this.#scenes.clear()
  }

  /** Files have come, gone or changed, by absolute path. */
  changed(files: readonly string[]): void {
    const others = files.filter((file) => !this.#isAsOpen(file))
    const isConfig = others.some(
      (file) => configNames.includes(path.basename(file)) || path.basename(file) === 'package.json',
    )
    const isUnit = others.some(
      (file) => unitOf(file) !== undefined || path.extname(file) === '' || file.endsWith('.d'),
    )
    if (isConfig || isUnit) this.#scenes.clear()
  }

  /** The folder of a file as it stands. */
  async spaceOf(file: string): Promise<Workspace> {
    const folder = this.#folders
      .filter((one) => isInside(file, one) && !isApart(file))
      .toSorted((one, other) => other.length - one.length)[0]
    if (folder !== undefined) return this.spaceIn(folder)
    const its = path.dirname(file)
    const above = unitOf(file)?.role === 'drop-in' ? path.dirname(its) : its
    const only = [path.relative(above, file)]
    return this.#space(`${above}\0${only[0]}`, above, only)
  }

  /** A folder that the user works in as it stands. */
  async spaceIn(folder: string): Promise<Workspace> {
    return this.#space(folder, folder)
  }

  async #space(key: string, folder: string, only?: readonly string[]): Promise<Workspace> {
    const look = this.#scenes.get(key) ?? this.#look(folder, only)
    this.#scenes.set(key, look)
    const scene = await look.promise
    const known = this.#spaces.get(scene)
    const open = this.#open()
    if (known?.open === open) return known
    const space = workspace(scene, open, this.encoding)
    this.#spaces.set(scene, space)
    return space
  }

  #put(its: Document): void {
    const before = this.#documents.get(its.uri)
    this.#documents.set(its.uri, its)
    this.#byPath = undefined
    const isAnother = before === undefined || (before.text === '') !== (its.text === '')
    if (!isAnother || unitOf(its.path) === undefined) return
    // What is empty masks a unit, and what is not written yet is no file.
    const isOther = ({byFile, texts}: Scene): boolean =>
      !byFile.has(its.path) || (before !== undefined && texts.get(its.path) !== its.text)
    this.#forget((found) => isInside(its.path, found.folder) && isOther(found))
  }

  #look(folder: string, only: readonly string[] | undefined): Look {
    const texts = new Map(
      [...this.#open()].flatMap(([file, {text}]) => (only || !isApart(file) ? [[file, text]] : [])),
    )
    const promise = sceneOf(folder, {
      flags: flagsOf(this.#settings, this.#world.note),
      texts,
      now: this.#world.now(),
      ...(only && {only}),
    })
    const look: Look = {promise, scene: undefined}
    promise.then(
      (scene) => (look.scene = scene),
      () => undefined,
    )
    return look
  }

  /** Look again at folders that are not any more as they were seen. */
  #forget(isOld: (scene: Scene) => boolean): void {
    for (const [key, {scene}] of this.#scenes) if (!scene || isOld(scene)) this.#scenes.delete(key)
  }

  /** The open documents by path: the same map until one changes. */
  #open(): ReadonlyMap<string, Document> {
    return (this.#byPath ??= new Map([...this.#documents.values()].map((its) => [its.path, its])))
  }

  /** Whether a file holds what is open of it. */
  #isAsOpen(file: string): boolean {
    const its = this.#open().get(file)
    const found = its && readLocated(file, {cwd: path.dirname(file)})
    return found !== undefined && 'text' in found && found.text === its?.text
  }
}

/**
 * The absolute path of a document; what is in no file has its name in a folder of its own, so that
 * it stands for no file and is no neighbour of one.
 */
export function documentPath(uri: string, cwd: string): string {
  const apart = (name: string): string =>
    path.join(
      cwd,
      createHash('sha1').update(uri).digest('hex') + mark,
      name === '' ? 'untitled' : name,
    )
  try {
    const url = new URL(uri)
    return url.protocol === 'file:'
      ? fileURLToPath(url)
      : apart(path.posix.basename(decodeURIComponent(url.pathname)))
  } catch {
    return apart('')
  }
}

const mark = ' in no file'

function isApart(file: string): boolean {
  return path.dirname(file).endsWith(mark)
}
