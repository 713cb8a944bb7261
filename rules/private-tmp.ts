import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-tmp',
  directive: 'PrivateTmp',
  value: 'yes',
  why: 'Any process can read, replace, or race files in the shared `/tmp`.',
  unless: 'The service exchanges files with others through `/tmp`.',
})
