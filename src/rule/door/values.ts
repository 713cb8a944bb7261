/** What is in the text of lines and values. */
export {nearest} from '../../facts/nearest.ts'
export {valueOffset} from '../../syntax/place.ts'
export {linesOf} from '../../syntax/stringify.ts'
export {overridden} from '../../unit/overridden.ts'
export {literalPercents} from '../../unit/percents.ts'
export {timeSpans} from '../../unit/time-parts.ts'
export {hasPlaceholder} from '../../values/placeholder.ts'
export {splitWords, stripped} from '../../values/words.ts'
