import type {ValueFacts} from '../facts/directives.ts'

/** The parser that a version's tables name for a directive. */
export function parserOf(
  {parser, parserHistory, lastWorkingParser}: ValueFacts,
  version: number,
): string {
  const [, name] = parserHistory?.findLast(([since]) => since <= version) ?? []
  return name ?? lastWorkingParser ?? parser
}
