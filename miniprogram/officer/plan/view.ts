// An offer of a visit as it is being written, and the command that it becomes.
import type { Input } from '../../services/api'
import type { Named, Official } from '../../services/visitRecord'

export interface PlanFields {
  kind: 'park' | 'enterprise'
  firms: Named[]
  project: Named | null
  /** Empty: any day of the week. */
  day: string
  time: string
  staff: Official[]
  topics: string[]
  note: string
}

export const noPlan = (staff: Official[]): PlanFields => ({
  kind: 'enterprise',
  firms: [],
  project: null,
  day: '',
  time: '',
  staff,
  topics: [],
  note: '',
})

/** `week` is a day of the week meant, where no day is chosen. */
export function planOf(
  { kind, firms, project, day, time, staff, topics, note }: PlanFields,
  week: string,
): Input<'visit.plan'> {
  return {
    kind,
    enterpriseIds: firms.map(({ id }) => id),
    ...(project && { projectId: project.id }),
    ...(day ? { plannedOn: day } : { week }),
    ...(day && time && { plannedTime: time }),
    staffIds: staff.map(({ postId }) => postId),
    topics,
    ...(note.trim() && { note }),
  }
}
