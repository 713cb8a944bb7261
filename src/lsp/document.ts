import type {Position, TextDocumentContentChangeEvent} from 'vscode-languageserver'
import {parse} from '../syntax/parse.ts'
import type {UnitTree} from '../syntax/tree.ts'
import {excess} from '../unit/excess.ts'
import {positionsIn} from './places.ts'
import type {Encoding, Positions} from './places.ts'

/** A text as it stands in an editor, or in a file: never changed, an edit makes another. */
export interface Document {
  readonly uri: string
  /** Absolute; of a text that is in no file, where it would be by its name. */
  readonly path: string
  /** As the client counts; null: it is not open. */
  readonly version: number | null
  readonly text: string
  readonly places: Positions
  readonly tree: UnitTree
  /** Why it is too much to be looked at; see `excess`. */
  readonly tooMuch: string | undefined
}

/** A document; what is asked of it is worked out when somebody asks. */
export function document(
  {uri, path, version, text}: Pick<Document, 'uri' | 'path' | 'version' | 'text'>,
  encoding: Encoding,
): Document {
  return new Text(uri, path, version, text, encoding)
}

class Text implements Document {
  readonly uri: string
  readonly path: string
  readonly version: number | null
  readonly text: string
  readonly #encoding: Encoding
  #places: Positions | undefined
  #tree: UnitTree | undefined
  #tooMuch: {readonly is: string | undefined} | undefined

  constructor(uri: string, path: string, version: number | null, text: string, encoding: Encoding) {
    this.uri = uri
    this.path = path
    this.version = version
    this.text = text
    this.#encoding = encoding
  }

  get places(): Positions {
    return (this.#places ??= positionsIn(this.text, this.#encoding))
  }

  get tree(): UnitTree {
    return (this.#tree ??= parse(this.tooMuch === undefined ? this.text : ''))
  }

  get tooMuch(): string | undefined {
    return (this.#tooMuch ??= {is: excess([this.text])}).is
  }
}

/**
 * A document after the edits of a client, each made to what the one before left; a range outside of
 * the text is brought into it.
 */
export function editedDocument(
  before: Document,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: Encoding,
): Document {
  let now = before
  for (const change of changes) {
    if (typeof change?.text !== 'string') continue
    const text = 'range' in change ? spliced(now, change.range, change.text) : change.text
    now = document({uri: before.uri, path: before.path, version, text}, encoding)
  }
  return now === before
    ? document({uri: before.uri, path: before.path, version, text: before.text}, encoding)
    : now
}

function spliced(
  {text, places: its}: Document,
  {start, end}: {readonly start: Position; readonly end: Position},
  added: string,
): string {
  const [from, to] = [its.offsetAt(start), its.offsetAt(end)]
  return text.slice(0, Math.min(from, to)) + added + text.slice(Math.max(from, to))
}
