import type {Change} from './change.ts'
import type {Applicability, Fix} from './rule.ts'

/**
 * A fix by one change or several, under a title of its own or what the first of them says by
 * itself: `Set`, `Add`, `Remove` a line, `Write` a word.
 */
export function fixBy(
  applicability: Applicability | undefined,
  changes: Change | readonly Change[],
  title?: string,
): Fix {
  const all = 'kind' in changes ? [changes] : changes
  return {title: title ?? all.map(titleOf)[0] ?? '', applicability, changes: all}
}

function titleOf(change: Change): string {
  switch (change.kind) {
    case 'set':
      return `Set \`${change.key}=${change.value}\``
    case 'add':
      return `Add \`${change.key}=${change.value}\``
    case 'remove':
      return `Remove \`${change.assignment.key}=${change.assignment.value}\``
    case 'rewrite':
      return `Set \`${change.assignment.key}=${change.values.join(' ')}\``
    case 'word':
      return `Write \`${change.text}\``
    case 'rename':
      return `Write \`${'key' in change.at ? `${change.name}=` : `[${change.name}]`}\``
    case 'move':
      return `Move it to \`[${change.section}]\``
    case 'assign':
      return 'Write `=`'
  }
}
