import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-system',
  directive: 'ProtectSystem',
  value: 'strict',
  why: 'A service that can write to `/usr`, `/boot`, and `/etc` can make itself permanent.',
  unless: 'The service installs software or edits the configuration of the system.',
})
