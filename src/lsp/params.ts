import {ErrorCodes, ResponseError} from 'vscode-languageserver'

/** Refuse parameters, which may be anything, that are not as LSP has them. */
export function check(isAsExpected: boolean, what: string): asserts isAsExpected {
  if (!isAsExpected) throw new ResponseError(ErrorCodes.InvalidParams, `Expected ${what}`)
}

/** Whether parameters have what requests about documents have. */
export function isAboutDocument(params: unknown): boolean {
  const {textDocument, position, range} = (params ?? {}) as {
    readonly textDocument?: {readonly uri?: unknown}
    readonly position?: unknown
    readonly range?: {readonly start?: unknown; readonly end?: unknown}
  }
  const isRange = range === undefined || (range !== null && isPlace(range.start) && isPlace(range.end))
  return typeof textDocument?.uri === 'string' && (position === undefined || isPlace(position)) && isRange
}

/** Whether a value could be a position. */
export function isPlace(place: unknown): boolean {
  return typeof place === 'object' && place !== null && 'line' in place && 'character' in place
}
