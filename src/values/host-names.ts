/**
 * Whether a text is a host name: labels of letters, digits and inner hyphens, joined by dots, at
 * most 64 characters.
 */
export function isHostName(text: string): boolean {
  return (
    text.length <= 64 &&
    /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(
      text,
    )
  )
}
