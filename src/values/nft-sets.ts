import type {Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type Field} from './fields.ts'
import {quote} from './quote.ts'

/** Words `SOURCE:FAMILY:TABLE:SET`: `NFTSet=` (systemd.resource-control(5)). */
export const nftSetList: Validator = function* (value, {version}) {
  const {fields, fault} = fieldsOf(value, version, {quotes: true, backslash: 'keep'})
  for (const field of fields) {
    const expected = nftSetFault(field.text, version)
    if (expected === undefined) continue
    yield fieldFault(field, `Unexpected ${quote(field.text)}, expected ${expected}`, 'line')
    return
  }
  if (fault) yield splittingFault(fault)
}

function nftSetFault(text: string, version: number): string | undefined {
  const {fields, fault} = fieldsOf(text, version, {separators: ':', backslash: 'c'})
  const [source, family, table, set] = fields
  if (!source || !family || !table || !set || fields.length > 4 || fault)
    return '`SOURCE:FAMILY:TABLE:SET`'
  if (!nftSources.has(source.text)) return '`cgroup`, `user` or `group` as its source'
  if (!nftFamilies.has(family.text))
    return '`inet`, `ip`, `ip6`, `arp`, `bridge` or `netdev` as its family'
  return isNftName(table, version) && isNftName(set, version)
    ? undefined
    : 'a table and a set with names that nftables takes'
}

const nftSources = new Set(['cgroup', 'user', 'group'])
const nftFamilies = new Set(['arp', 'bridge', 'inet', 'ip', 'ip6', 'netdev'])

function isNftName({text}: Field, version: number): boolean {
  return /^[A-Za-z][A-Za-z0-9/\\_.]*$/.test(text) && text.length <= (version >= 258 ? 255 : 31)
}
