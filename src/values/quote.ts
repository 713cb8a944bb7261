/** A piece of a value in backquotes, for a message; cut when it is long. */
export function quote(text: string): string {
  if (text === '') return 'empty text'
  return `\`${text.length > longest ? `${text.slice(0, longest)}…` : text}\``
}

const longest = 60
