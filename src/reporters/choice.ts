import type {Choice} from '../needs/kind.ts'

/** Which profile evidence chose and why: `auto: web-service (gunicorn serves applications)`. */
export function choiceWords({kind, because}: Choice): string {
  return `auto: ${kind ?? 'hardened alone'} (${because.replaceAll('`', '')})`
}

/** The same as an object for JSON; without a name where no profile fits. */
export function choiceObject({kind, because}: Choice): object {
  return {name: kind ?? null, because}
}
