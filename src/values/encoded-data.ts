import {lineFault, type Validator} from './fault.ts'
import {quote} from './quote.ts'

/** The path of a hash, or the hash in hexadecimal digits: `RootHash=` (systemd.exec(5)). */
export const hexOrPath: Validator = function* (value) {
  if (value.startsWith('/')) return
  const digits = value.replaceAll(/[ \t\n\r]/g, '')
  if (!/^[0-9a-fA-F]*$/.test(digits) || digits.length % 2 === 1 || digits.length < 32)
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected an absolute path or at least 32 hexadecimal digits`,
    )
}

/** Base64 data: `StandardInputData=` (systemd.exec(5)). */
export const base64: Validator = function* (value, {version}) {
  const fault = base64Fault(value, version)
  if (fault !== undefined) yield lineFault(value, fault)
}

/** The path of a signature, or `base64:` and its data: `RootHashSignature=` (systemd.exec(5)). */
export const base64OrPath: Validator = function* (value, {version}) {
  if (value.startsWith('/')) return
  const isData = value.startsWith('base64:') && base64Fault(value.slice(7), version) === undefined
  if (!isData)
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected an absolute path, or \`base64:\` and Base64 data`,
    )
}

/**
 * What is wrong with Base64 data; white space may stand anywhere in it, and from 256 on `-` and `_`
 * for `+` and `/`.
 */
export function base64Fault(text: string, version: number): string | undefined {
  const plain = text.replaceAll(/[ \t\n\r]/g, '')
  const data = version < 256 ? plain : plain.replaceAll('-', '+').replaceAll('_', '/')
  const [digits = ''] = /^[A-Za-z0-9+/]*/.exec(data) ?? []
  const padding = data.length - digits.length
  if (
    data.length % 4 !== 0 ||
    padding > 2 ||
    (padding > 0 && data.slice(digits.length) !== '='.repeat(padding))
  )
    return 'Unexpected data, expected Base64'
  // The bits of the last digit that no byte takes must be zero.
  const last = alphabet.indexOf(digits.at(-1) ?? 'A')
  return padding > 0 && last % (padding === 2 ? 16 : 4) !== 0
    ? 'Unexpected last digit of Base64, expected one without left-over bits'
    : undefined
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
