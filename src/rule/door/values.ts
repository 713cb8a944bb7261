/** What is in the text of values. */
export {literalPercents} from '../../unit/percents.ts'
export {timeSpans} from '../../unit/time-parts.ts'
export {hasPlaceholder} from '../../values/placeholder.ts'
export {stripped} from '../../values/words.ts'
