import path from 'node:path'
import type {BuildOptions} from 'esbuild'

/** The repository. */
export const top = path.join(import.meta.dirname, '../..')

/** How the tests bundle the command: from its source, in pieces, with what loads what. */
export const bundling = {
  absWorkingDir: top,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  conditions: ['unitlint-source', 'module'],
  external: ['jiti'],
  metafile: true,
  logLevel: 'silent',
} as const satisfies BuildOptions
