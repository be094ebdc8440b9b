// Who could take a case, as lines to choose from: those who are here, the least loaded first.
import type { ItemOf } from '../../../services/api'
import { dayText } from '../../../services/dates'
import { shortUnit } from '../../services/numbers'

type Staff = ItemOf<'staff.list'>

export interface Choice {
  id: string
  name: string
  note: string
  /** Words of the absence; empty for who is here. */
  away: string
  openCases: number
}

export const choiceOf = ({ id, name, title, unit, openCases, awayUntil }: Staff): Choice => ({
  id,
  name,
  note: [shortUnit(unit.name), title ?? '', `手上${openCases}件`].filter((part) => part !== '').join(' · '),
  away: awayUntil === null ? '' : `外出到${dayText(awayUntil)}`,
  openCases,
})

/** Without the one who has it now. */
export const choicesOf = (staff: readonly Staff[], exceptId: string): Choice[] =>
  staff
    .filter(({ id, role }) => id !== exceptId && (role === 'officer' || role === 'leader'))
    .map(choiceOf)
    .sort((one, other) => Number(one.away !== '') - Number(other.away !== '') || one.openCases - other.openCases)
