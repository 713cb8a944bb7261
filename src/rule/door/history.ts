/** Directives that came, went, were renamed or are misspelt, and what stands for them. */
export {unknownDirective} from '../../facts/unknown-directives.ts'
export {advice, modernWord, predecessor, removal, successor} from '../../unit/replacements.ts'
export {respelt} from '../respelt.ts'
export {fateForUsers, limitForUsers} from '../../unit/user-manager.ts'
export {fatesInEnvironments} from '../../unit/environment.ts'
export {insteadOf, replaceDirective, succeeding} from '../succeed.ts'
