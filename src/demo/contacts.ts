/** Who was last in touch with a project, and when somebody will ask again: as its officer keeps it in the ledger. */
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { isLaterContact } from '../projects/contact.js'
import { Project } from '../projects/project.js'
import type { Stage } from './stage.js'

/** 每周联系一次. */
const AGAIN_AFTER_WORKDAYS = 5

/** Inside the deed that was done for the project. */
export async function touch({ db, ground, cast }: Stage, projectId: string | null, at: Date): Promise<void> {
  const project = cast.projects.find(({ id }) => id === projectId)
  const on = dateOf(at)
  if (!project || !isLaterContact(project, on)) return
  const isOver = project.careEndedOn !== null
  const nextFollowUpOn = isOver ? null : ground.calendar.workdayAfter(on, AGAIN_AFTER_WORKDAYS)
  await change(db, Project, project, { lastContactOn: on, nextFollowUpOn, updatedAt: at })
}
