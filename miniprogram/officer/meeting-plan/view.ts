// A meeting as it is being planned, and what of it goes to the server.
import type { Input } from '../../services/api'

interface Named {
  id: string
  name: string
}
export interface PlanFields {
  teamId: string
  topic: string
  day: string
  time: string
  place: string
  projects: Named[]
  /** Empty: the whole team. */
  people: Named[]
}

export const noPlan = (): PlanFields => ({
  teamId: '',
  topic: '',
  day: '',
  time: '',
  place: '',
  projects: [],
  people: [],
})

export const planOf = (fields: PlanFields, changed: { id: string; version: number } | null): Input<'meeting.plan'> => ({
  teamId: fields.teamId,
  ...(changed && { id: changed.id, meetingVersion: changed.version }),
  onDate: fields.day,
  topic: fields.topic,
  ...(fields.time && { time: fields.time }),
  ...(fields.place.trim() && { place: fields.place }),
  projectIds: fields.projects.map(({ id }) => id),
  ...(fields.people.length > 0 && { postIds: fields.people.map(({ id }) => id) }),
})
