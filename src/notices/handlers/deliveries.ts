/** Lets staff see whether the people of a case or a visit have been reached, so that they know when to phone. */
import { In, LessThan } from 'typeorm'
import { caseTarget } from '../../cases/target.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { grantFor, grantsOf } from '../../http/scopes.js'
import { serve, type Target } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { visitTarget } from '../../visits/visitTarget.js'
import { Delivery } from '../delivery.js'
import { Notice } from '../notice.js'
import { deliveryView } from '../view.js'

// oxlint-disable-next-line typescript/no-explicit-any
const targets: Readonly<Record<'case' | 'visit', Target<any>>> = { case: caseTarget, visit: visitTarget }

export const deliveryVerbs = {
  'notice.deliveries': serve('notice.deliveries', {
    async handle({ db, actor, grants, input, know }) {
      const { subjectKind, subjectId } = input
      const { load, scopes, seenBy } = targets[subjectKind]
      const row: unknown = await load(db, subjectId, false)
      const isSeen = row !== null && grantFor(grantsOf(actor, seenBy), scopes, row) && grantFor(grants, scopes, row)
      if (!isSeen) throw new Problem('notFound')

      const after = readCursor(know.keyring, 'notice.deliveries', input)
      const notices = await db.find(Notice, {
        where: { subjectKind, subjectId, ...(after ? { id: LessThan(after[1]) } : {}) },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      const deliveries = await db.findBy(Delivery, { noticeId: In(notices.map(({ id }) => id)) })
      const byNotice = new Map(deliveries.map((delivery) => [delivery.noticeId, delivery]))
      const views = notices.map((notice) => deliveryView(notice, byNotice.get(notice.id)))
      return pageFrom(notices, input.limit, views, ({ id }) =>
        writeCursor(know.keyring, 'notice.deliveries', input, [id, id]),
      )
    },
  }),
}
