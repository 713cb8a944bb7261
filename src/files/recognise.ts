import {nearest} from '../facts/nearest.ts'
import {quadletSection, quadletSections} from '../facts/quadlet.ts'
import type {QuadletType} from '../facts/quadlet.ts'
import {parse} from '../syntax/parse.ts'

/**
 * What a file with the name of a unit is instead, to complete `looks like`; undefined when nothing
 * speaks against it.
 */
export function impostor(text: string): string | undefined {
  if (isTemplate(text)) return 'an unrendered template'
  const line = firstLine(text)
  if (line.startsWith('<')) return 'XML'
  if (line === '[D-BUS Service]') return 'a D-Bus service file'
  if (text.startsWith('#!')) return 'a script'
  if (line === '' || /^\uFEFF?[ \t]*\[[\w-]+\]/m.test(text)) return undefined
  if (text.includes('\0')) return 'a binary file'
  return /^\uFEFF?[ \t]*(\[|[\w-]+[ \t]*=)/m.test(text)
    ? undefined
    : 'text without sections and assignments'
}

/**
 * Whether a text may be one of Quadlet's files of a kind: it has a section that these have, or
 * their own misspelt, and none that only systemd-networkd reads.
 */
export function looksLikeQuadlet(text: string, type: QuadletType): boolean {
  const sections = [...text.matchAll(/^\uFEFF?[ \t]*\[([\w-]+)\]/gm)].map(
    ([, section = '']) => section,
  )
  const isOne = (section: string): boolean =>
    quadletSections[type]?.includes(section) === true ||
    nearest(section, [quadletSection(type)]) !== undefined
  return (
    sections.some(isOne) &&
    (type !== 'network' || !sections.some((section) => networkd.has(section)))
  )
}

/** Sections that hardly any file for systemd-networkd is without (systemd.network(5)). */
const networkd: ReadonlySet<string> = new Set([
  'Match',
  'Link',
  'Address',
  'Route',
  'DHCP',
  'DHCPv4',
  'DHCPv6',
  'DHCPServer',
  'IPv6AcceptRA',
  'Neighbor',
  'Bridge',
])

/**
 * Whether a file is still to be made into a unit: statements and placeholders stand where sections
 * and assignments do, and systemd could only ignore them. Placeholders in values, as in
 * `ExecStart=@bindir@/example`, leave the rest of a unit to be linted.
 */
function isTemplate(text: string): boolean {
  if (!marks.some((mark) => text.includes(mark)) || !template.test(text)) return false
  // The lines that a line goes on with are part of a value.
  const lines = parse(text).children.flatMap((child) =>
    child.type === 'section' ? [child.header, ...child.children] : [child],
  )
  return lines.some(({raw}) => template.test(raw.slice(0, raw.search(/[\r\n]|$/))))
}

/**
 * A line that begins as Jinja, ERB and Go templates begin what they do not copy, one that is a
 * placeholder, or the header of a section with one in it.
 */
const template =
  /^[ \t]*(?:\{[{%#]|<%|(?:@\w+@|%\w+%|__[A-Z]\w*__|\$\{\w+\})[ \t]*\r?$|\[(?:@\w+@|%\w+%|__[A-Z]\w*__|\$?\{))/m

/** One of these stands in whatever `template` finds. */
const marks = ['{', '<%', '@', '%', '__']

/** The first line that is neither empty nor a comment. */
function firstLine(text: string): string {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = text.indexOf('\n', start) + 1 || text.length
    const line = text.slice(start, end).trim()
    if (line !== '' && !line.startsWith('#') && !line.startsWith(';')) return line
  }
  return ''
}
