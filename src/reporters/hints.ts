import {formatExposure} from '../security/index.ts'
import type {LintResult, Message} from './lint-result.ts'
import {totalWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import type {ReportContext} from './formatter.ts'
import {printable} from './printable.ts'

/** The messages of a file that are told one by one, and one line for all others. */
export interface ToldMessages {
  readonly messages: readonly Message[]
  /** What `--fix` would do of which nobody needs to know the parts; absent: nothing. */
  readonly hint?: string
}

/**
 * Fold the information that `--fix` acts on into a line: `9.6 UNSAFE, 3.9 after --fix (22 options)
 * · --preset hardened lists them`.
 *
 * Of a run that fixed other things alone, the exposure after it says nothing of these.
 */
export function withHints(
  {messages, exposure}: Pick<LintResult, 'messages' | 'exposure'>,
  {fixing = false}: Pick<ReportContext, 'fixing'>,
  paint: Paint,
): ToldMessages {
  const others = messages.filter((message) => !isHint(message))
  const many = messages.length - others.length
  if (many === 0) return {messages}
  const options = `${many} option${many === 1 ? '' : 's'}`
  const change =
    exposure && !fixing
      ? `${totalWords(exposure.before, paint)}, ${formatExposure(exposure.after)} after --fix (${options})`
      : `${options} more with --fix`
  return {
    messages: others,
    hint: `${change} · --preset hardened lists ${many === 1 ? 'it' : 'them'}`,
  }
}

function isHint({severity, fix}: Message): boolean {
  return severity === 0 && fix?.applicability === 'safe'
}

/** Why nothing is safe to add to a unit of which there is nothing else to say, where that is so. */
export function heldBack(
  {messages, exposure}: Pick<LintResult, 'messages' | 'exposure'>,
  paint: Paint,
): string | undefined {
  if (exposure?.because === undefined || messages.length > 0) return undefined
  return `${totalWords(exposure.before, paint)}, nothing is safe to add: ${printable(exposure.because)}`
}
