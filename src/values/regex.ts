import {lineFault, type Validator} from './fault.ts'

/**
 * `LogFilterPatterns=`: systemd names no line when it complains of a pattern itself
 * (systemd.exec(5)).
 */
export const regex: Validator = function* (value) {
  if (value === '~') yield lineFault(value, 'Unexpected `~`, expected a pattern behind it')
}
