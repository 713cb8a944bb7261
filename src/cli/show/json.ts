import type {DeadLine} from '../../unit/effective.ts'
import type {ValueOrigin, EffectiveValue} from '../../unit/effective-value.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {writeJson} from '../../reporters/security-json.ts'
import type {ShownUnit} from './text.ts'

/** The effective unit as `show --json` prints it; docs/effective-unit.md describes it. */
export function shownJson(
  unit: ShownUnit,
  {name, type}: Pick<LoadedUnit, 'name' | 'type'>,
  pathOf: (path: string) => string,
): string {
  const place = ({file, directive}: Assignment): {path: string; line: number} => ({
    path: pathOf(file.path),
    line: directive.position.start.line,
  })
  const {refusal} = unit
  return writeJson(
    {
      name,
      type,
      target: unit.target,
      ...(refusal
        ? {
            refusal: {
              reason: refusal.reason,
              ...(refusal.place
                ? {path: pathOf(refusal.place.file.path), line: refusal.place.line}
                : {}),
            },
          }
        : {}),
      files: unit.files.map(({path, role}) => ({path: pathOf(path), role})),
      sections: nested(unit.values, ({value, expanded, origin}) => ({
        value,
        ...(expanded === undefined ? {} : {expanded}),
        origin: shownOrigin(origin, unit.target, place),
      })),
      dead: unit.dead.map((line) => shownDead(line, pathOf, place)),
    },
    'pretty',
  )
}

/** By section, then by key; both are names that systemd knows. */
function nested(
  values: readonly EffectiveValue[],
  shown: (value: EffectiveValue) => unknown,
): Record<string, Record<string, unknown[]>> {
  const sections: Record<string, Record<string, unknown[]>> = {}
  for (const value of values)
    ((sections[value.section] ??= {})[value.key] ??= []).push(shown(value))
  return sections
}

function shownOrigin(
  origin: ValueOrigin,
  target: string,
  place: (assignment: Assignment) => object,
): object {
  switch (origin.kind) {
    case 'written':
      return {kind: origin.kind, ...place(origin.assignment)}
    case 'implied':
      return {kind: origin.kind, by: origin.by, ...place(origin.assignment)}
    case 'default':
      return {kind: origin.kind, target}
  }
}

function shownDead(
  dead: DeadLine,
  pathOf: (path: string) => string,
  place: (assignment: Assignment) => object,
): object {
  const {section, key, value, file, line, reason, by} = dead
  return {
    ...(section === undefined ? {} : {section}),
    ...(key === undefined ? {} : {key}),
    value,
    path: pathOf(file.path),
    line,
    reason,
    ...(by ? {by: {key: by.key, value: by.value, ...place(by)}} : {}),
  }
}
