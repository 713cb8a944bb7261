import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'memory-deny-write-execute',
  directive: 'MemoryDenyWriteExecute',
  value: 'yes',
  why: 'Memory that is writable and executable is how injected data becomes running code.',
  unless:
    'The service compiles code while it runs: JavaScript, Java, .NET, some Lua and Python libraries.',
})
