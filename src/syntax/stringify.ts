import type {Header, Entry, UnitTree} from './tree.ts'

/** The text of a tree: the raws of its lines in order. */
export function stringify(tree: UnitTree): string {
  let text = ''
  for (const line of linesOf(tree)) text += line.raw
  return text
}

/** All lines of a tree in order, headers included. */
export function* linesOf(tree: UnitTree): Generator<Header | Entry> {
  for (const child of tree.children) {
    if (child.type !== 'section') {
      yield child
      continue
    }
    yield child.header
    yield* child.children
  }
}
