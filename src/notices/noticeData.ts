/** A person's inbox and grants, as their own data. */
import { toWireInstant } from '../calendar/dates.js'
import type { OwnData } from '../people/ownData.js'
import { Delivery } from './delivery.js'
import { MessageGrant } from './messageGrant.js'
import { Notice } from './notice.js'

export const noticeData: OwnData = {
  title: '消息',
  async read(db, { person, know }) {
    const notices = await db.find(Notice, { where: { personId: person.id }, order: { id: 'DESC' } })
    const grants = await db.findBy(MessageGrant, { personId: person.id })
    return {
      收件箱: notices.map(({ title, text, at, readAt }) => ({
        标题: title,
        内容: text,
        时间: toWireInstant(at),
        已读时间: readAt && toWireInstant(readAt),
      })),
      微信订阅: grants.map(({ template, count }) => ({ 消息: know.templates.get(template)?.title, 可发条数: count })),
    }
  },
  async erase(db, { person }) {
    await db.delete(Delivery, { personId: person.id })
    await db.delete(Notice, { personId: person.id })
    await db.delete(MessageGrant, { personId: person.id })
  },
}
