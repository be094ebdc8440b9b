/** Where a window's texts name somebody of the firm: shown to them, and their name and phone taken out when they leave. */
import { type EntityManager, In } from 'typeorm'
import { change } from '../audit/trail.js'
import { Rejection } from '../cases/rejection.js'
import { Membership } from '../people/membership.js'
import { type OwnData, type Owner, withoutOwner } from '../people/ownData.js'
import { Application } from './application.js'

const texts = ['materials', 'noticeText', 'pendingRefusal', 'refusalReason', 'returnNote', 'endNote'] as const
type Texts = Partial<Pick<Application, (typeof texts)[number]>>

/** The texts as they read without the owner; only those that change. */
function cleaned(row: Application, { personal }: Owner): Texts {
  const changed = texts.flatMap((field): [string, unknown][] => {
    const before = JSON.stringify(row[field])
    const after = withoutOwner(before, personal)
    return after === before ? [] : [[field, JSON.parse(after)]]
  })
  return Object.fromEntries(changed) as Texts
}

/** Also of firms that somebody has left. */
async function ofTheirFirms(db: EntityManager, { person }: Owner): Promise<Application[]> {
  const ties = await db.findBy(Membership, { personId: person.id })
  const enterpriseId = In(ties.map((tie) => tie.enterpriseId))
  return db.find(Application, { where: { enterpriseId }, order: { id: 'ASC' } })
}

const isEmpty = (patch: object) => Object.keys(patch).length === 0

export const applicationData: OwnData = {
  title: '写到您的窗口办件',
  async read(db, owner) {
    const rows = await ofTheirFirms(db, owner)
    return rows.filter((row) => !isEmpty(cleaned(row, owner))).map(({ id, number }) => ({ id, number }))
  },
  async erase(db, owner) {
    for (const row of await ofTheirFirms(db, owner)) {
      const patch = cleaned(row, owner)
      if (!isEmpty(patch)) await change(db, Application, row, patch)
      for (const line of await db.findBy(Rejection, { applicationId: row.id })) {
        const reason = withoutOwner(line.reason, owner.personal)
        if (reason !== line.reason) await change(db, Rejection, line, { reason })
      }
    }
  },
}
