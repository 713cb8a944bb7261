export {codeOf, isCode} from './binaries.ts'
export {configOf} from './configs.ts'
export {readText} from './languages.ts'
export {settingsOf} from './settings.ts'
