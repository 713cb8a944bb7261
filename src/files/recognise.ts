/** What a file with the name of a unit is instead, to complete `looks like`; undefined when nothing speaks against it. */
export function impostor(text: string): string | undefined {
  const line = firstLine(text)
  if (line.startsWith('<')) return 'XML'
  if (line === '[D-BUS Service]') return 'a D-Bus service file'
  if (text.startsWith('#!')) return 'a script'
  if (line === '' || /^\uFEFF?[ \t]*\[[\w-]+\]/m.test(text)) return undefined
  if (text.includes('\0')) return 'a binary file'
  return /^\uFEFF?[ \t]*(\[|[\w-]+[ \t]*=)/m.test(text) ? undefined : 'text without sections and assignments'
}

/** The first line that is neither empty nor a comment. */
function firstLine(text: string): string {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text
      .slice(start, end === -1 ? undefined : end)
      .replace(/^\uFEFF/, '')
      .trim()
    if (line !== '' && !line.startsWith('#') && !line.startsWith(';')) return line
    if (end === -1) break
    start = end + 1
  }
  return ''
}
