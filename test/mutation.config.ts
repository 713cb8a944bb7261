import config from './vitest.config.ts'

/** The tests that mutants are held against: those that need nothing else and start no process. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['test/{syntax,facts,values,unit,needs,machine,security,engine,rules,files,explain}/**/*.test.ts'],
    exclude: ['test/**/*{corpus,oracle}*{,/**}'],
    // Stryker turns a mutant on in a set-up file, which is read once in all where tests share what is loaded.
    isolate: true,
  },
}
