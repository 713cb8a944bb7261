import {decode} from '../../syntax/bytes.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import type {Sign} from './sign.ts'

/**
 * What settings show that no table says how to read: the paths in them that others use too, or that
 * only some may.
 *
 * No more than a look at its words, comments left out: what is found is there.
 */
export function shownBySettings(paths: readonly string[], host: Host): readonly Sign[] {
  const signs: Sign[] = []
  for (const path of paths) {
    const file = host.file(path)
    if (!file || file.size > mostBytes) continue
    for (const found of sharedPaths(file)) {
      if (signs.length >= mostSigns) return signs
      signs.push({needs: [], path: {path: found, use: 'mention'}, because: `\`${path}\``})
    }
  }
  return signs
}

const mostBytes = 65_536
const mostSigns = 64

function sharedPaths(file: HostFile): ReadonlySet<string> {
  const text = decode(file.bytes(0, mostBytes))
  // Scripts are none, as they stand in folders of settings.
  if (text.startsWith('#!') || text.slice(0, 1024).includes('\0')) return new Set()
  const said = text.replaceAll(/^[ \t]*(?:#|;|\/\/).*|[ \t]#.*/gm, '')
  return new Set(Array.from(said.matchAll(sharedPath), ([path]) => path))
}

/** Where others have files too, and devices. */
const sharedPath =
  /(?<![\w.}/-])\/(?:tmp|var\/tmp|dev|home|root)\/[\w.@%+:{}*$-]{1,128}(?:\/[\w.@%+:{}*$-]{1,128}){0,16}/g
