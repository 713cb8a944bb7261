import * as z from 'zod'
import {rowOf} from '../facts/sandboxing/rows.ts'
import type {Trial, Trials} from '../needs/evidence/of-tried.ts'

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

/** A line of `[Service]` that hardens. */
const line = z
  .string()
  .max(4096)
  .refine((text) => rowOf(keyOf(text)) !== undefined && !/[\n\r]/.test(text), {
    error: 'Unexpected line, expected one that hardens, such as `ProtectHome=yes`',
  })

const trial = z
  .strictObject({
    date: z.string().refine((text) => isRealDay(text), {
      error: 'Unexpected date, expected one such as `2026-11-28`',
    }),
    systemd: z
      .string()
      .regex(/^\d{3,4}$/, {error: 'Unexpected systemd, expected its version, such as `257`'}),
    by: z.enum(['check', 'is-active']),
    program: z.string().optional(),
    worked: z.array(line).max(500),
    failed: z
      .array(
        z.strictObject({
          line,
          because: z.string().max(500),
          beside: z.array(line).max(50).optional(),
        }),
      )
      .max(500),
  })
  .refine(({worked, failed}) => failed.every((one) => !worked.includes(one.line)), {
    error: 'Unexpected trial, in which a line both worked and failed',
  })

/** What was tried of units, by their names, as it stands in `unitlint.evidence.json`. */
export const evidenceSchema = z.strictObject({
  version: z.literal(1),
  units: z.record(z.string(), z.array(trial).max(100)),
})

/** Such a file. */
export type EvidenceFile = z.infer<typeof evidenceSchema>

/** What a file says, as evidence. */
export function trialsOf({units}: EvidenceFile): Trials {
  return new Map(Object.entries(units).map(([unit, trials]) => [unit, trials.map(trialOf)]))
}

function trialOf({
  date,
  systemd,
  program,
  worked,
  failed,
}: EvidenceFile['units'][string][number]): Trial {
  return {
    date,
    systemd,
    program,
    worked: worked.map(split),
    failed: failed.map((one) => ({line: split(one.line), because: one.because})),
  }
}

function isRealDay(text: string): boolean {
  try {
    return isDay(text)
  } catch {
    // Such as the 31st of February, of which no text can be made.
    return false
  }
}

function keyOf(text: string): string {
  return split(text)[0]
}

function split(text: string): readonly [key: string, value: string] {
  const equals = text.indexOf('=')
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}
