import {fileURLToPath} from 'node:url'

/** The folder of the repository. */
export const top = fileURLToPath(new URL('../..', import.meta.url))
