export * from './browser.ts'
export {RuleTester} from './engine/tester.ts'
export type {InvalidCase, Runner, ValidCase} from './engine/tester.ts'
export {defineConfig} from './config/config.ts'
