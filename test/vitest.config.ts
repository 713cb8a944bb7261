import {fileURLToPath} from 'node:url'
import {defineConfig} from 'vitest/config'

/** `unitlint/rule` means its source, as in the bundles and for `tsc`; the other conditions are vite's own. */
const conditions = ['unitlint-source', 'module', 'node', 'development|production']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  ssr: {resolve: {conditions}},
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    // No test measures time, and no test takes 20 s on a machine with two cores that does nothing else; with eight busy loops beside it, all
    // take up to ten times as long. What hangs still ends.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'rules/**/*.ts', 'configs/**/*.ts'],
      exclude: ['src/dev/**', 'src/*/data/**'],
      reporter: ['text', 'html'],
    },
  },
})
