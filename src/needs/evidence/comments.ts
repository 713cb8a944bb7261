import type {Comment, UnitTree} from '../../syntax/tree.ts'

/** The texts of the comments of a file. */
export function* commentsIn(tree: UnitTree): Generator<string> {
  for (const {value} of nodesIn(tree)) yield value.slice(0, longest)
}

/** No sentence is longer. */
const longest = 1000

function* nodesIn({text, children}: UnitTree): Generator<Comment> {
  if (!text.includes('#') && !text.includes(';')) return
  for (const child of children) {
    if (child.type === 'comment') yield child
    else if (child.type === 'section')
      for (const entry of child.children) {
        if (entry.type === 'comment') yield entry
        else if (entry.type === 'directive') yield* entry.comments
      }
  }
}
