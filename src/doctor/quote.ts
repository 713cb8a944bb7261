/** Text of a log, as short as a message can have it. */
export function shortly(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
