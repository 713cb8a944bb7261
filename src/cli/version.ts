import packageJson from '../../package.json' with {type: 'json'}

/** The version of unitlint. */
export const {version} = packageJson
