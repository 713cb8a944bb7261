/** A unit to ask systemd about: nothing but these files is in its folder. */
export interface Subject {
  /** The unit's file name: `foo.service`. It may be any name, also one that systemd refuses. */
  readonly name: string
  readonly text: string | Uint8Array
  /** Drop-ins by their path from the unit's folder: `foo.service.d/override.conf`. */
  readonly dropins?: ReadonlyMap<string, string | Uint8Array>
}

/**
 * The subject for a drop-in alone, under the smallest main file that loads.
 *
 * `folder` is the drop-in's folder (`foo.service.d`, `foo-.service.d`, `service.d`); undefined when
 * it is none.
 */
export function dropinSubject(
  folder: string,
  name: string,
  text: string | Uint8Array,
): Subject | undefined {
  const {type, stem} = /^(?:(?<stem>.+)\.)?(?<type>[a-z]+)\.d$/.exec(folder)?.groups ?? {}
  const main = type && smallest.get(type)
  if (main === undefined) return undefined
  return {
    name: `${unitStem(stem)}.${type}`,
    text: main,
    dropins: new Map([[`${folder}/${name}`, text]]),
  }
}

/**
 * A stem that reads the drop-ins of this one: `foo-.service.d` holds for every unit that begins
 * with `foo-`.
 */
function unitStem(stem = 'any'): string {
  return stem.endsWith('-') ? `${stem}any` : stem
}

const smallest: ReadonlyMap<string, string> = new Map([
  ['service', '[Service]\nExecStart=/bin/sh\n'],
  ['socket', '[Socket]\nListenStream=/run/any\nAccept=yes\n'],
  ['timer', '[Timer]\nOnBootSec=1\n'],
  ['path', '[Path]\nPathExists=/run/any\n'],
  ['target', '[Unit]\nDescription=Any\n'],
  ['slice', '[Slice]\n'],
])
