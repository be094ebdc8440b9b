// The people of a unit as lines to choose from: those who are here first, the least loaded of them before the others.
import { dayText } from '../../services/dates'
import { handling, type Staff } from '../../services/roster'

export interface Line extends Staff {
  about: string
  /** Words of the absence; empty for who is here. */
  away: string
  isOn: boolean
}

interface Choosing {
  /** Ids of posts, chosen already. */
  selected: readonly string[]
  /** Ids of posts, not to choose from. */
  except: readonly string[]
  /** Roles to choose from; whoever takes cases without them. */
  roles: readonly string[]
}

export const linesOf = (staff: readonly Staff[], { selected, except, roles }: Choosing): Line[] =>
  staff
    .filter(({ id, role }) => !except.includes(id) && (roles.length === 0 ? handling : roles).includes(role))
    .map((one) => ({
      ...one,
      about: [one.title ?? '', inHand(one)].filter(Boolean).join(' · '),
      away: one.awayUntil ? `外出到${dayText(one.awayUntil)}` : '',
      isOn: selected.includes(one.id),
    }))
    .sort((one, other) => Number(one.away !== '') - Number(other.away !== '') || one.openCases - other.openCases)

/** Only of those who take cases. */
const inHand = ({ role, openCases }: Staff): string =>
  !handling.includes(role) ? '' : openCases > 0 ? `手上${openCases}件` : '手上没有诉求'
