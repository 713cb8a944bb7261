import type {Answer, Question} from './answers.ts'
import type {Known} from './hover.ts'

/** What the page asks. */
export type Asked =
  | {
      readonly id: number
      readonly kind: 'judge'
      readonly question: Question
      readonly rule: string | undefined
    }
  | {readonly id: number; readonly kind: 'hover'; readonly text: string; readonly offset: number}

/** A part of the core, as the text of a module. */
export interface Given {
  readonly kind: 'part'
  readonly name: string
  readonly code: string
}

/** What it is told. */
export type Told =
  | {
      readonly id: number
      readonly kind: 'judge'
      readonly answer: Answer
      readonly ruleFault: string | undefined
    }
  | {readonly id: number; readonly kind: 'hover'; readonly hover: Known | undefined}
  | {readonly id: number; readonly kind: 'fault'; readonly message: string}
  /** It is to be asked again once these parts are given. */
  | {readonly id: number; readonly kind: 'needs'; readonly parts: readonly string[]}
