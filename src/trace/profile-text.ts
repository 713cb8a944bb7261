import type {Trace} from '../needs/evidence/traced.ts'
import {form, formVersion} from '../needs/evidence/trace-profile.ts'

/** A trace as the text of its profile: short lists in one line. */
export function profileText(trace: Trace): string {
  const text = JSON.stringify({form, version: formVersion, ...trace}, undefined, 2)
  return text.replaceAll(
    /\[\n\s+("(?:[^"\\]|\\.)*"(?:,\n\s+"(?:[^"\\]|\\.)*")*)\n\s+\]/g,
    (_, list: string) => `[${list.replaceAll(/,\n\s+/g, ', ')}]`,
  )
}
