import * as z from 'zod'
import {accessIds} from '../facts/accesses.ts'
import {directiveNames, everywhere} from '../facts/directives.ts'
import {sandboxingKeys} from '../facts/hardening.ts'
import {strictness} from '../facts/strictness.ts'
import {newestVersion, oldestVersion, releases} from '../facts/targets.ts'
import {attestedRows} from '../needs/data/attested.ts'
import {denials} from '../needs/denials.ts'
import {plainContext} from '../needs/denial-context.ts'
import {attested} from '../needs/programs/attested.ts'
import {populations} from '../needs/populations.ts'
import {figureOf, isRare} from '../needs/rarity.ts'

/** What is known, for tools that run no code of ours: `unitlint/facts.json`. */
export type FactsFile = z.infer<ReturnType<typeof schema>>

/** All of it. */
export function factsFile(): FactsFile {
  return {
    $schema: './facts-schema.json',
    version: 1,
    systemd: {oldest: oldestVersion, newest: newestVersion, releases},
    directives: directiveNames().flatMap((name) =>
      everywhere(name).map(
        ({sections, type, repeat, since, removedSince, unknownSince, values}) => ({
          name,
          sections: [...sections],
          type,
          repeat,
          ...(since === undefined ? {} : {since}),
          ...(removedSince === undefined ? {} : {removedSince}),
          ...(unknownSince === undefined ? {} : {unknownSince}),
          ...(values
            ? {
                values: values.map(({value, since: its}) => ({
                  value,
                  ...(its === undefined ? {} : {since: its}),
                })),
              }
            : {}),
        }),
      ),
    ),
    denials: denialsOfAll(),
    production: {
      programs: programs(),
      services: accessIds.flatMap((access) =>
        populations.map((kind) => ({
          access,
          ...kind,
          ...figureOf(access, kind),
          isRare: isRare(access, kind),
        })),
      ),
    },
  }
}

/** The same as JSON Schema. */
export function factsSchema(): object {
  return {...z.toJSONSchema(schema()), title: 'What unitlint knows of systemd'}
}

/**
 * Directives by what their values deny a system service of root with nothing else set, in order of
 * strictness.
 */
function denialsOfAll(): FactsFile['denials'] {
  return sandboxingKeys().flatMap((directive) => {
    const found: Array<FactsFile['denials'][number] & {until: number}> = []
    for (let version = oldestVersion; version <= newestVersion; version++) {
      for (const [level, words] of strictness(directive, version).entries()) {
        for (const value of words) {
          const denies = [...denials(directive, value, {...plainContext, version})].toSorted()
          const before = found.findLast((one) => one.value === value)
          if (
            before?.until === version - 1 &&
            before.level === level &&
            before.denies.join() === denies.join()
          )
            before.until = version
          else found.push({directive, value, level, from: version, until: version, denies})
        }
      }
    }
    return found
  })
}

function programs(): FactsFile['production']['programs'] {
  const names = new Set(attestedRows.split('\n').flatMap((line) => line.split(' ', 1)))
  names.delete('')
  return [...names].flatMap((name) =>
    [true, false].flatMap((asRoot) => {
      const its = attested(name, asRoot)
      if (!its) return []
      const bears = [...its.bears].map(([access, {grade}]) => ({access, grade}))
      return [{name, asRoot, bears, needs: [...its.needs.keys()]}]
    }),
  )
}

function schema() {
  const version = z.int().describe('A major version of systemd')
  const access = z.enum(accessIds).describe('A kind of access, as in docs/evidence.md')
  const directive = z.strictObject({
    name: z.string(),
    sections: z.array(z.string()).describe('Those that it may stand in'),
    type: z.string().describe('The kind of value'),
    repeat: z
      .enum(['replace', 'append', 'merge', 'first'])
      .describe('What a second line makes of the first'),
    since: version.optional().describe('The first that knows it; absent: older than the oldest'),
    removedSince: version.optional().describe('Since then it only earns a warning that it is gone'),
    unknownSince: version.optional().describe('Since then it is unknown'),
    values: z
      .array(z.strictObject({value: z.string(), since: version.optional()}))
      .optional()
      .describe('The words that it takes'),
  })
  const denial = z.strictObject({
    directive: z.string(),
    value: z.string(),
    level: z.int().min(0).describe('How strict the value is, weakest first'),
    from: version,
    until: version.describe('The last of which this is known'),
    denies: z.array(access),
  })
  const program = z.strictObject({
    name: z.string(),
    asRoot: z.boolean().describe('Run as root, or as another user'),
    bears: z
      .array(z.strictObject({access, grade: z.enum(['attested', 'once'])}))
      .describe('What those who run it deny it'),
    needs: z.array(access).describe('What those who run it leave to it by name'),
  })
  const figure = z.strictObject({
    access,
    asRoot: z.boolean(),
    program: z.enum(['known', 'packaged', 'unheard-of']),
    needing: z.int(),
    of: z.int(),
    isRare: z
      .boolean()
      .describe('Whether denying it is safe where nothing shows that a service needs it'),
  })
  return z.strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).describe('That of the format'),
    systemd: z.strictObject({
      oldest: version,
      newest: version,
      releases: z.record(z.string(), version).describe('Releases of distributions'),
    }),
    directives: z.array(directive),
    denials: z
      .array(denial)
      .describe('What a value denies a system service of root with nothing else set'),
    production: z.strictObject({
      programs: z.array(program),
      services: z.array(figure).describe('How many services need what they show no sign of'),
    }),
  })
}
