import {existsSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Io, Output} from '../io.ts'

/**
 * The pages of rules for a terminal that leads there at a click, by id; undefined for all other
 * streams.
 */
export function ruleLinks(
  stream: Output,
  env: Io['env'],
  color: boolean,
): ((id: string) => string | undefined) | undefined {
  if (!showsLinks(stream, env, color)) return undefined
  const folder = pages()
  if (folder === undefined) return undefined
  const known = new Map<string, string | undefined>()
  return (id) => {
    if (!known.has(id)) known.set(id, pageIn(folder, id))
    return known.get(id)
  }
}

/**
 * Whether a stream shows links (OSC 8): what FORCE_HYPERLINK says, else whether it is a terminal
 * that is known to, with colours.
 *
 * The list is that of the package `supports-hyperlinks`, which asks the environment of the process
 * for it.
 */
function showsLinks({isTTY}: Output, env: Io['env'], color: boolean): boolean {
  const {
    FORCE_HYPERLINK: force,
    TERM_PROGRAM: program,
    TERM_PROGRAM_VERSION: version = '',
    TERM: terminal = '',
    VTE_VERSION: vte = '',
  } = env
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (isTTY !== true || !color || env['CI'] !== undefined || env['TEAMCITY_VERSION'] !== undefined)
    return false
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (program === 'iTerm.app') return major > 3 || (major === 3 && minor >= 1)
  if (program === 'vscode') return major > 1 || (major === 1 && minor >= 72)
  if (program !== undefined && ['WezTerm', 'ghostty', 'zed', 'Hyper'].includes(program)) return true
  if (/^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm)/.test(terminal)) return true
  // Version 0.50.0 crashes at one.
  if (/^\d+$/.test(vte)) return Number(vte) > 5000
  return ['WT_SESSION', 'DOMTERM', 'KONSOLE_VERSION'].some((name) => env[name] !== undefined)
}

/** The folder of the pages that came with us: from a bundle, or from here. */
function pages(): string | undefined {
  const here = path.dirname(import.meta.filename)
  return ['../docs/rules', '../../../docs/rules']
    .map((way) => path.join(here, way))
    .find((folder) => existsSync(folder))
}

function pageIn(folder: string, id: string): string | undefined {
  const file = path.join(folder, `${id}.md`)
  return /^[a-z0-9-]+$/.test(id) && existsSync(file) ? pathToFileURL(file).href : undefined
}
