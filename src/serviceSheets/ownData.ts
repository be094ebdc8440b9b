/** Binds a person asked for, and sheets whose receipt they confirmed, as their own data. */
import { change } from '../audit/trail.js'
import { toWireInstant } from '../calendar/dates.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import { ProjectBind } from './projectBind.js'
import { ServiceSheet } from './serviceSheet.js'

export const serviceSheetData: OwnData = {
  title: '服务单与项目绑定',
  async read(db, { person }) {
    const binds = await db.find(ProjectBind, { where: { personId: person.id }, order: { id: 'ASC' } })
    const sheets = await db.find(ServiceSheet, { where: { receivedBy: person.id }, order: { id: 'ASC' } })
    return {
      binds: binds.map(({ projectId, enterpriseId, state, askedAt, reason }) => ({
        projectId,
        enterpriseId,
        state,
        askedAt: toWireInstant(askedAt),
        reason,
      })),
      receipts: sheets.map(({ number, projectId, receivedAt }) => ({
        number,
        projectId,
        receivedAt: receivedAt && toWireInstant(receivedAt),
      })),
    }
  },
  async erase(db, { person, personal }) {
    for (const bind of await db.findBy(ProjectBind, { personId: person.id })) {
      const reason = bind.reason === null ? null : withoutOwner(bind.reason, personal)
      await change(db, ProjectBind, bind, { personId: null, reason })
    }
    for (const sheet of await db.findBy(ServiceSheet, { receivedBy: person.id })) {
      await change(db, ServiceSheet, sheet, { receivedBy: null })
    }
  },
}
