import {normalPath} from '../../unit/host.ts'

/** The folders in which scripts may be that start each other: those that they change to. */
export class ScriptFolders {
  readonly #start: string | undefined
  readonly #targets = new Set<string>()
  #mayBeElsewhere: boolean

  /** With the folder that the first of them is started in; undefined where nobody knows it. */
  constructor(start: string | undefined) {
    this.#start = start
    this.#mayBeElsewhere = start === undefined
  }

  /** What a command does to the folder. */
  add([name = '', ...args]: readonly string[]): void {
    if (name !== 'cd' && name !== 'pushd') return
    const target = args.find((arg) => arg === '-' || !arg.startsWith('-'))
    // They go back to one of those that are known, and `pushd +1` to another.
    if (target === '-' || (name === 'pushd' && /^\+?\d*$/.test(target ?? ''))) return
    if (target === undefined || this.#targets.size >= most) this.#mayBeElsewhere = true
    else this.#targets.add(target)
  }

  /** Those that commands change to; as they are named where nobody knows where they lead. */
  changedTo(resolved: (word: string) => string): readonly string[] {
    const {folders} = this.all(resolved)
    const known = folders.filter((folder) => folder !== this.#start)
    const others = [...this.#targets].map(resolved).filter((path) => /[$`*?[]/.test(path))
    return [...known, ...others]
  }

  /**
   * All of them, as far as they are known; `areAll` where there are no others. `resolved` gives
   * words the values of their variables.
   */
  all(resolved: (word: string) => string): {folders: readonly string[]; areAll: boolean} {
    let areAll = !this.#mayBeElsewhere
    const folders = new Set(this.#start === undefined ? [] : [this.#start])
    const below: string[] = []
    for (const target of this.#targets) {
      const path = resolved(target).replace(/^~(?=\/|$)/, () => resolved('$HOME'))
      if (/[$`*?[]|^~/.test(path)) areAll = false
      else if (path.startsWith('/')) folders.add(normalPath(path))
      else below.push(path)
    }
    // `cd a; cd b`: each of them may stand behind another.
    for (const path of below)
      for (const folder of [...folders].slice(0, most)) folders.add(normalPath(`${folder}/${path}`))
    for (const path of below.toReversed())
      for (const folder of [...folders].slice(0, most)) folders.add(normalPath(`${folder}/${path}`))
    return {folders: [...folders].slice(0, most), areAll: areAll && folders.size <= most}
  }
}

/** More than any script changes to. */
const most = 8
