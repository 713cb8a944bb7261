import {SymbolKind} from 'vscode-languageserver'
import type {DocumentSymbol, SymbolInformation, WorkspaceSymbol} from 'vscode-languageserver'
import {offsetsOf} from '../../syntax/place.ts'
import type {Section, Span} from '../../syntax/tree.ts'
import type {Document} from '../document.ts'
import type {Workspace} from '../workspace.ts'

/** The sections of a document with their directives. */
export function documentSymbols(its: Document): DocumentSymbol[] {
  return its.tree.children.flatMap((child): DocumentSymbol[] => {
    if (child.type !== 'section') return []
    const whole = offsetsOf(child.position)
    const name = child.name === '' ? '[]' : child.name
    return [
      {
        name,
        kind: SymbolKind.Namespace,
        range: its.places.rangeOf(trimmed(its, whole)),
        selectionRange: its.places.rangeOf(child.header.nameSpan),
        children: directives(child, its),
      },
    ]
  })
}

function directives({children}: Section, its: Document): DocumentSymbol[] {
  return children.flatMap((entry): DocumentSymbol[] => {
    if (entry.type !== 'directive') return []
    const {key, value, keySpan, valueSpan} = entry
    const range = its.places.rangeOf({
      start: keySpan.start,
      end: Math.max(keySpan.end, valueSpan.end),
    })
    return [
      {
        name: key,
        detail: shortened(value),
        kind: SymbolKind.Property,
        range,
        selectionRange: its.places.rangeOf(keySpan),
      },
    ]
  })
}

function shortened(value: string): string {
  const text = value.slice(0, 1000).replaceAll(/\s+/g, ' ')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** The same in a row, for clients that know no trees. */
export function flatSymbols(its: Document): SymbolInformation[] {
  return documentSymbols(its).flatMap(({name, kind, range, children = []}) => [
    {name, kind, location: {uri: its.uri, range}},
    ...children.map((child) => ({
      name: child.name,
      kind: child.kind,
      containerName: name,
      location: {uri: its.uri, range: child.range},
    })),
  ])
}

/**
 * The units of a folder whose names have all letters of a query, in order; those that begin so
 * first.
 */
export function workspaceSymbols(space: Workspace, query: string): WorkspaceSymbol[] {
  const wanted = query.toLowerCase()
  const start = {line: 0, character: 0}
  const names = space.scene.units.flatMap(({unit}) =>
    isLike(unit.identity.name.toLowerCase(), wanted) ? [unit] : [],
  )
  const ranked = names.toSorted(
    (one, other) => rank(one.identity.name, wanted) - rank(other.identity.name, wanted),
  )
  return ranked.slice(0, mostSymbols).flatMap(({identity, files}) =>
    files.map((file, index) => ({
      name: identity.name,
      kind: SymbolKind.Module,
      location: {uri: space.uriOf(space.absoluteOf(file.path)), range: {start, end: start}},
      ...(index > 0 && {containerName: file.path}),
    })),
  )
}

const mostSymbols = 500

function rank(name: string, wanted: string): number {
  const at = name.toLowerCase().indexOf(wanted)
  return at === -1 ? 1000 : at
}

function isLike(name: string, wanted: string): boolean {
  let at = 0
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

/** A span without the white space at its end. */
export function trimmed({text}: Document, {start, end}: Span): Span {
  let last = end
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--
  return {start, end: last}
}
