import {parseAbsolutePath} from './paths.ts'
import {expandSpecifiers, type Named} from './specifiers.ts'

/** The name of the credential that a `LoadCredential…=` line adds; undefined for a bad line (systemd.exec(5), "LoadCredential="). */
export function loadedCredential(value: string, unit: Named): string | undefined {
  const [head, rest] = splitAtColon(value)
  const name = credentialName(head, unit)
  if (name === undefined || rest === '') return name
  const source = expandSpecifiers(rest, unit)
  if (source === undefined) return undefined
  const isValid = source.startsWith('/') ? parseAbsolutePath(source, unit.target.version) !== undefined : isCredentialName(source)
  return isValid ? name : undefined
}

/** The name of the credential that a `SetCredential…=` line adds; undefined for a bad line (systemd.exec(5), "SetCredential="). */
export function setCredential(value: string, isEncrypted: boolean, unit: Named): string | undefined {
  const [head, rest] = splitAtColon(value)
  if (rest === '' || (isEncrypted && !isBase64(rest))) return undefined
  return credentialName(head, unit)
}

function splitAtColon(value: string): [string, string] {
  const colon = value.indexOf(':')
  return colon === -1 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)]
}

function credentialName(text: string, unit: Named): string | undefined {
  const name = expandSpecifiers(text, unit)
  return name !== undefined && isCredentialName(name) ? name : undefined
}

function isCredentialName(text: string): boolean {
  return text !== '.' && text !== '..' && /^[\x20-\x7e]{1,255}$/.test(text) && !/[/:]/.test(text)
}

/** Padded, without stray bits at the end (RFC 4648). */
function isBase64(text: string): boolean {
  const digits = text.replaceAll(/[ \t\r\n]/g, '')
  if (digits === '' || digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return false
  return digits.endsWith('==') ? /[AQgw]==$/.test(digits) : !digits.endsWith('=') || /[AEIMQUYcgkosw048]=$/.test(digits)
}
