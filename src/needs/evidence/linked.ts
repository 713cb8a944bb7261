import type {AccessId} from '../../facts/accesses.ts'
import {linked} from '../data/linked.ts'
import {rowsByName} from '../programs/lists.ts'
import type {Sign} from '../sight/sign.ts'

/** What a program is linked with in Debian, as if it were in sight. */
export function linkedWith(name: string): readonly Sign[] {
  return rows.named(name).map(({because, needs, yieldsTo}) => ({
    needs: needs.split(' ') as AccessId[],
    because: `\`${name}\` of Debian ${because}`,
    yieldsTo,
    isOfCode: true,
  }))
}

const rows = rowsByName(linked)
