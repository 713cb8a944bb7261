import {ErrorCodes, ResponseError} from 'vscode-languageserver'

/** Refuse parameters, which may be anything, that are not as LSP has them. */
export function checkParams(isAsExpected: boolean, what: string): asserts isAsExpected {
  if (!isAsExpected) throw new ResponseError(ErrorCodes.InvalidParams, `Expected ${what}`)
}

/** The items of what should be a list, those that are texts. */
export function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}

/** The URIs of what should be a list of things that have one. */
export function urisOf(list: unknown): readonly string[] {
  return Array.isArray(list)
    ? textsOf(list.map((item: {readonly uri?: unknown} | null | undefined) => item?.uri))
    : []
}

/** Whether parameters have what requests about documents have. */
export function isAboutDocument(params: unknown): boolean {
  const {textDocument, position, range} = (params ?? {}) as {
    readonly textDocument?: {readonly uri?: unknown}
    readonly position?: unknown
    readonly range?: {readonly start?: unknown; readonly end?: unknown}
  }
  const isRange =
    range === undefined || (range !== null && isPlace(range.start) && isPlace(range.end))
  return (
    typeof textDocument?.uri === 'string' &&
    (position === undefined || isPlace(position)) &&
    isRange
  )
}

/** Whether a value could be a position. */
export function isPlace(place: unknown): boolean {
  return typeof place === 'object' && place !== null && 'line' in place && 'character' in place
}
