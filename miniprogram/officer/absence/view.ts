// Absences in words, and whose are shown to whom.
import type { Me, Output } from '../../services/api'
import { dayText } from '../../services/dates'

type Absence = Output<'staff.setAbsence'>
type Post = Me['posts'][number]

export const lineOf = ({ id, name, standIn, fromOn, toOn }: Absence, today: string) => ({
  id,
  name,
  standIn: standIn.name,
  when: fromOn === toOn ? dayText(fromOn) : `${dayText(fromOn)}到${dayText(toOn)}`,
  isNow: fromOn <= today && today <= toOn,
})

/** Who enters absences of others too: the branch's leader, the bureau. */
export const mayForOthers = (posts: readonly Post[]): boolean => posts.some(({ role }) => role !== 'officer')

/** The soonest first. */
export const bySoonest = (one: Absence, other: Absence): number => (one.fromOn < other.fromOn ? -1 : 1)
