import config from './vitest.config.ts'

/** The tests that mutants are held against: those that need nothing else and start no process. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['test/{syntax,facts,values,unit,needs,machine,security,engine,rules,files,explain}/**/*.test.ts'],
    exclude: ['test/**/*{corpus,oracle}*{,/**}'],
    runner: './test/mutation-runner.ts',
  },
}
