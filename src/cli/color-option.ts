import type {Option} from './grammar.ts'

/** The option that decides about colours; see `usesColor`. */
export const colorOption = {
  color: {type: 'boolean', describe: 'Use colours, or --no-color; else for terminals only'},
} as const satisfies Readonly<Record<string, Option>>
