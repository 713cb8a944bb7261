export {shownByCode, isCode} from './binaries.ts'
export {configOf} from './configs.ts'
export {readScript} from './languages.ts'
export {shownBySettings} from './settings.ts'
