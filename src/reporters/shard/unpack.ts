import {Buffer} from 'node:buffer'
import {inflateSync} from 'node:zlib'
import * as z from 'zod'
import type {LintResult, Message} from '../lint-result.ts'

/** What a shard says of the run that it is of, and what it found. */
export interface UnpackedShard extends z.infer<ReturnType<typeof headerSchema>> {
  /** In the order of the shard's report. */
  readonly entries: readonly PlacedEntry[]
}

/** What a shard found in a file, and where that stands in the report of the whole run. */
export interface PlacedEntry {
  readonly place: number
  readonly entry: LintResult
}

/** Read what a shard found; undefined for what is damaged, or of another version's making. */
export function unpack(packed: string): UnpackedShard | undefined {
  try {
    const bytes = inflateSync(Buffer.from(packed, 'base64'))
    const [first = '', ...lines] = [...linesOf(bytes)]
    const header = headerSchema().parse(JSON.parse(first))
    const schema = entrySchema()
    return {...header, entries: lines.map((line) => placed(schema.parse(JSON.parse(line))))}
  } catch {
    return undefined
  }
}

/** All of it at once may be more than a text can hold. */
function* linesOf(bytes: Buffer): Iterable<string> {
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf('\n', start)
    yield bytes.toString('utf8', start, end === -1 ? undefined : end)
    if (end === -1) return
    start = end + 1
  }
}

function headerSchema() {
  return z.object({
    index: z.int().min(1),
    count: z.int().min(1).max(9999),
    sizes: z.array(z.int().min(0)),
    units: z.string(),
    settings: z.string(),
    format: z.string(),
    faults: z.array(z.string()),
    version: z.string(),
    cwd: z.string(),
    quiet: z.boolean(),
    run: z
      .object({
        units: z.int(),
        targets: z.array(z.string()),
        skipped: z.array(z.tuple([z.string(), z.int()])),
        isPartial: z.boolean(),
      })
      .optional(),
    fixed: z.boolean(),
    fixing: z.boolean(),
    rules: z.array(
      z.object({
        id: z.string(),
        summary: z.string(),
        why: z.string(),
        unless: z.string().optional(),
        directives: z.array(z.string()),
      }),
    ),
  })
}

function entrySchema() {
  const point = z.object({line: z.number(), column: z.number(), offset: z.number().optional()})
  const edit = z.object({range: z.tuple([z.number(), z.number()]), text: z.string()})
  const fix = z.object({
    title: z.string(),
    applicability: z.enum(['safe', 'unsafe', 'suggestion']),
    edits: z.array(edit),
    gain: z.number().optional(),
  })
  const message = z.object({
    ruleId: z.string().optional(),
    severity: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    fatal: z.boolean(),
    text: z.string(),
    place: z.object({start: point, end: point}).optional(),
    note: z.string().optional(),
    url: z.string().optional(),
    fix: fix.optional(),
    stack: z.string().optional(),
  })
  return z.looseObject({
    place: z.number(),
    path: z.string(),
    text: z.string(),
    applied: z.array(z.string()),
    messages: z.array(message),
  })
}

function placed({
  place,
  text,
  messages,
  ...entry
}: z.infer<ReturnType<typeof entrySchema>>): PlacedEntry {
  // What is not looked at is plain data of our own, see `pack`.
  const its = entry as unknown as Omit<LintResult, 'messages' | 'slice'>
  return {
    place,
    entry: {
      ...its,
      messages: messages.map(messageOf),
      slice: (start, end) => text.slice(start, end),
    },
  }
}

function messageOf({
  stack,
  ruleId,
  place,
  note,
  url,
  fix,
  ...message
}: z.infer<ReturnType<typeof entrySchema>>['messages'][number]): Message {
  return {
    ...message,
    ruleId,
    place,
    note,
    url,
    fix,
    cause: stack === undefined ? undefined : Object.assign(new Error(message.text), {stack}),
  }
}
