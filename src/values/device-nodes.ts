/**
 * The device file that a tag names: `UUID=...`, `LABEL=...` and their like, the name in quotes or
 * not; undefined for a text that is none (systemd.swap(5), "What=").
 */
export function deviceNode(text: string): string | undefined {
  const [, tag, name] = /^(UUID|LABEL|PARTUUID|PARTLABEL)=(.*)$/s.exec(text) ?? []
  if (tag === undefined || name === undefined) return undefined
  return `/dev/disk/by-${tag.toLowerCase()}/${encoded(name.replace(/^(["'])(.*)\1$/s, '$2'))}`
}

/** As udev writes a name into one of a file: a slash is none of it. */
function encoded(name: string): string {
  return name.replaceAll(
    /[^A-Za-z0-9#+\-.:=@_\u0080-\u{10ffff}]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
