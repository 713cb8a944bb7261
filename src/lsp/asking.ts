import type {Connection, Position, Range} from 'vscode-languageserver'
import type {Span} from '../syntax/tree.ts'
import type {Abilities} from './abilities.ts'
import type {Desk} from './desk.ts'
import type {Document} from './document.ts'
import type {Pages} from './pages.ts'
import {checkParams, isAboutDocument} from './params.ts'
import type {Publisher} from './publisher.ts'
import {subject} from './subject.ts'
import type {Subject} from './subject.ts'

/** What answers are made of. */
export interface Answering {
  readonly desk: Desk
  readonly connection: Connection
  readonly pages: Pages
  readonly abilities: () => Abilities
  readonly now: () => number
  readonly publisher: Publisher
}

/** A document that is open as a client names it, with its unit; nothing is known of others. */
export async function subjectAt(uri: string, {desk}: Answering): Promise<Subject | undefined> {
  const its = desk.document(uri)
  return its && subject(await desk.spaceOf(its.path), its)
}

/** How an answer is asked for: about a document, a place in it or a range. */
export interface Asking {
  on<Params extends {readonly textDocument: {readonly uri: string}}, Answer>(
    work: (its: Subject, params: Params) => Answer,
  ): (params: Params) => Promise<Answer | null>
  at<
    Params extends {readonly textDocument: {readonly uri: string}; readonly position: Position},
    Answer,
  >(
    work: (its: Subject, offset: number, params: Params) => Answer,
  ): (params: Params) => Promise<Answer | null>
  within<
    Params extends {readonly textDocument: {readonly uri: string}; readonly range: Range},
    Answer,
  >(
    work: (its: Subject, span: Span, params: Params) => Answer,
  ): (params: Params) => Promise<Answer | null>
}

/** How a connection asks, with parameters that are held to what LSP says of them. */
export function asking(given: Answering): Asking {
  const on: Asking['on'] = (work) => async (params) => {
    checkParams(isAboutDocument(params), 'a document, and a position or range in it')
    const its = await subjectAt(params.textDocument.uri, given)
    return its ? work(its, params) : null
  }
  return {
    on,
    at: (work) =>
      on((its, params) => {
        checkParams(params.position !== undefined, 'a position')
        return work(its, offsetIn(its.its, params.position), params)
      }),
    within: (work) =>
      on((its, params) => {
        checkParams(params.range !== undefined, 'a range')
        return work(its, spanIn(its.its, params.range), params)
      }),
  }
}

/** The offset of a position of a client. */
export function offsetIn({places}: Document, position: Position): number {
  return places.offsetAt(position)
}

function spanIn(its: Document, {start, end}: Range): Span {
  const [from, to] = [offsetIn(its, start), offsetIn(its, end)]
  return {start: Math.min(from, to), end: Math.max(from, to)}
}
