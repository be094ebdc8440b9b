/** The inbox, the grants for WeChat messages, and what became of those messages. */
import { z } from 'zod'
import { command, id, instant, line, nothing, pageOf, paging, query } from '../wire.js'
import { subjectKinds } from './subjects.js'

const subjectKind = z.enum(subjectKinds)
const count = z.int().min(0)

const notice = z.strictObject({
  id,
  subjectKind,
  subjectId: z.string(),
  title: z.string(),
  text: z.string(),
  at: instant,
  isRead: z.boolean(),
})

const template = z.strictObject({
  key: z.string(),
  /** What wx.requestSubscribeMessage is called with. */
  templateId: z.string(),
  title: z.string(),
  /** How many messages may still be sent. */
  granted: count,
})

const delivery = z.strictObject({
  id,
  /** Of the message in WeChat; null where there was none to send. */
  template: z.string().nullable(),
  title: z.string(),
  at: instant,
  /** inboxOnly: no grant was stored. uncertain: nobody knows whether it arrived, and it is not sent again. */
  state: z.enum(['inboxOnly', 'queued', 'sending', 'sent', 'refused', 'invalid', 'uncertain', 'failed']),
  isRead: z.boolean(),
  attempts: count,
  errcode: z.int().nullable(),
  reason: z.string().nullable(),
  settledAt: instant.nullable(),
})

const someId = '01970000-0000-7000-8000-000000000001'

export const noticeContract = {
  'notice.list': query({
    summary: '我的消息，新的在前',
    input: z.strictObject({ isRead: z.boolean().optional(), ...paging }),
    output: pageOf(notice).extend({ unread: count }),
    example: { isRead: false },
  }),
  'notice.markRead': command({
    summary: '把消息标为已读：选中的，或全部',
    input: z
      .strictObject({ ids: z.array(id).min(1).max(100).optional(), all: z.literal(true).optional() })
      .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), '请选择要标为已读的消息，或选择全部'),
    output: z.strictObject({ unread: count }),
    example: { ids: [someId] },
  }),
  'notice.templates': query({
    summary: '可以请求订阅的微信消息，按场合分组，每组一次点击',
    input: nothing,
    output: z.strictObject({ items: z.array(z.strictObject({ moment: z.string(), templates: z.array(template) })) }),
    example: {},
  }),
  'notice.grant': command({
    summary: '登记微信订阅授权的结果：同意一次，可发一条',
    input: z.strictObject({
      templates: z
        .array(z.strictObject({ key: line(40), accepted: z.boolean() }))
        .min(1)
        .max(5),
    }),
    output: z.strictObject({ items: z.array(template) }),
    example: { templates: [{ key: 'caseAnswered', accepted: true }] },
  }),
  'notice.deliveries': query({
    summary: '一件诉求或一次上门服务的消息送达情况',
    input: z.strictObject({ subjectKind: z.enum(['case', 'visit']), subjectId: id, ...paging }),
    output: pageOf(delivery),
    example: { subjectKind: 'case', subjectId: someId },
  }),
}
