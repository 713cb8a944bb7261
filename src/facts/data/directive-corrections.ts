import type {ValueFacts} from '../directives.ts'

/** What `systemd-analyze verify` was seen to do otherwise than the table of directives says, by key, or by `Section.Key` for one section. */
export const corrections: ReadonlyMap<string, Partial<ValueFacts>> = new Map<string, Partial<ValueFacts>>([
  // Each word tried on 247, 252, 254, 257 and 262.
  [
    'CoredumpFilter',
    {
      values: [
        ...['private-anonymous', 'shared-anonymous', 'private-file-backed', 'shared-file-backed', 'elf-headers'],
        ...['private-huge', 'shared-huge', 'private-dax', 'shared-dax', 'default'],
      ].map((value) => ({value})),
    },
  ],
  // Tried on 247, the only version that has it.
  ['Socket.ManagedOOMMemoryPressureLimitPercent', {unsupportedInThisSection: true}],
  ['Mount.ManagedOOMMemoryPressureLimitPercent', {unsupportedInThisSection: true}],
  ['Swap.ManagedOOMMemoryPressureLimitPercent', {unsupportedInThisSection: true}],
])
