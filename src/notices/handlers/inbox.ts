/** One's own inbox: reading it, and having read it. */
import { In, IsNull, LessThan, Not } from 'typeorm'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { Notice } from '../notice.js'
import { unreadOf } from '../unread.js'
import { noticeView } from '../view.js'

export const inboxVerbs = {
  'notice.list': serve('notice.list', {
    async handle({ db, actor, input, know }) {
      const personId = actor.personId as string
      const after = readCursor(know.keyring, 'notice.list', input)
      const rows = await db.find(Notice, {
        where: {
          personId,
          ...(input.isRead === undefined ? {} : { readAt: input.isRead ? Not(IsNull()) : IsNull() }),
          ...(after ? { id: LessThan(after[1]) } : {}),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      const page = pageFrom(rows, input.limit, rows.map(noticeView), ({ id }) =>
        writeCursor(know.keyring, 'notice.list', input, [id, id]),
      )
      return { ...page, unread: await unreadOf(db, personId) }
    },
  }),
  'notice.markRead': serve('notice.markRead', {
    async handle({ db, actor, input, now }) {
      const personId = actor.personId as string
      const which = input.ids === undefined ? {} : { id: In(input.ids) }
      // Only one's own: an id of somebody else's marks nothing.
      await db.update(Notice, { personId, readAt: IsNull(), ...which }, { readAt: now })
      return { unread: await unreadOf(db, personId) }
    },
  }),
}
