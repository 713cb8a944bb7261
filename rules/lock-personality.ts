import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'lock-personality',
  directive: 'LockPersonality',
  value: 'yes',
  why: 'Old execution domains switch off address randomisation and reach rarely tested kernel code.',
  unless:
    'The service runs programs of another architecture, or debuggers that change their personality.',
})
