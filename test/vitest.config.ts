import {availableParallelism} from 'node:os'
import {fileURLToPath} from 'node:url'
import {defineConfig} from 'vitest/config'

/**
 * `unitlint/rule` means its source, as in the bundles and for `tsc`; the other conditions are
 * vite's own.
 */
const conditions = ['unitlint-source', 'module', 'node', 'development|production']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  ssr: {resolve: {conditions}},
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/times.ts'],
    pool: 'threads',
    isolate: false,
    // More than there are cores, as many tests wait for a process of their own.
    maxWorkers: Math.max(4, availableParallelism()),
    // No test measures time. Beside other work a test can take many times as long as alone; what
    // hangs still ends.
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
