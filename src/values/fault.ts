import type {ValueFault, ValueContext} from '../facts/dialect.ts'

export type {ValueFault, Validator, ValueContext} from '../facts/dialect.ts'

/**
 * Reads a value once: yields what systemd would say about it, and returns what it means; undefined
 * where it means nothing.
 */
export type Reader<Meaning> = (
  value: string,
  context: ValueContext,
) => Generator<ValueFault, Meaning | undefined>

/**
 * What a value means; undefined where systemd takes nothing of it. The empty value never gets here.
 */
export function meaningOf<Meaning>(
  read: Reader<Meaning>,
  value: string,
  context: ValueContext,
): Meaning | undefined {
  const reading = read(value, context)
  let step = reading.next()
  while (!step.done) step = reading.next()
  return step.value
}

/** A fault that spoils the whole line. */
export function lineFault(value: string, message: string, meant?: string): ValueFault {
  return {
    from: 0,
    to: value.length,
    message,
    effect: 'line',
    ...(meant === undefined ? {} : {meant}),
  }
}
