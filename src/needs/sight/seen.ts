export {importsOf} from './binaries.ts'
