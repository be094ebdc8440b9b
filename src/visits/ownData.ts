/** Visits a person answered or confirmed for a firm, as their own data. */
import { change } from '../audit/trail.js'
import { toWireInstant } from '../calendar/dates.js'
import { StoredFile } from '../files/storedFile.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import { VisitEnterprise } from './visitEnterprise.js'
import { VisitPause } from './visitPause.js'

export const visitData: OwnData = {
  title: '上门服务的答复与确认',
  async read(db, { person }) {
    const parts = await db.find(VisitEnterprise, {
      where: [{ answeredBy: person.id }, { confirmedBy: person.id }],
      order: { id: 'ASC' },
    })
    return parts.map((part) => ({
      visitId: part.visitId,
      enterpriseId: part.enterpriseId,
      ...(part.answeredBy === person.id && {
        answer: part.declinedHow ?? 'consented',
        answeredAt: part.answeredAt && toWireInstant(part.answeredAt),
        reason: part.reason,
      }),
      ...(part.confirmedBy === person.id && {
        confirmedAt: part.confirmedAt && toWireInstant(part.confirmedAt),
        satisfaction: part.satisfaction,
        remark: part.remark,
        signatureFileId: part.signatureFileId,
      }),
    }))
  },
  async erase(db, { person, personal }) {
    const clean = (text: string | null) => (text === null ? null : withoutOwner(text, personal))
    for (const part of await db.findBy(VisitEnterprise, { answeredBy: person.id })) {
      await change(db, VisitEnterprise, part, { answeredBy: null, reason: clean(part.reason) })
    }
    for (const part of await db.findBy(VisitEnterprise, { confirmedBy: person.id })) {
      if (part.signatureFileId !== null) {
        // Unattached, it goes with the next sweep.
        await db.update(StoredFile, { id: part.signatureFileId }, { ownerKind: null, ownerId: null })
      }
      // That the firm confirmed stays; the handwriting of who did goes.
      await change(db, VisitEnterprise, part, {
        confirmedBy: null,
        signatureFileId: null,
        remark: clean(part.remark),
      })
    }
    for (const pause of await db.findBy(VisitPause, { createdBy: person.id })) {
      await change(db, VisitPause, pause, { createdBy: null })
    }
    for (const pause of await db.findBy(VisitPause, { liftedBy: person.id })) {
      await change(db, VisitPause, pause, { liftedBy: null })
    }
  },
}
