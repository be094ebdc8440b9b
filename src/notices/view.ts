/** What leaves the server about notices, message templates and deliveries. */
import type { EntityManager } from 'typeorm'
import { rowsBy } from '../database/rows.js'
import { toWireInstant } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import type { MessageTemplate } from '../wechat/templates.js'
import type { Delivery } from './delivery.js'
import { MessageGrant } from './messageGrant.js'
import type { Notice } from './notice.js'

export const noticeView = ({ id, subjectKind, subjectId, title, text, at, readAt }: Notice) => ({
  id,
  subjectKind,
  subjectId,
  title,
  text,
  at: toWireInstant(at),
  isRead: readAt !== null,
})

/** Templates with what the person has granted of each. */
export async function templateViews(
  db: EntityManager,
  personId: string,
  templates: readonly MessageTemplate[],
): Promise<Output<'notice.grant'>['items']> {
  const grants = await rowsBy(db, MessageGrant, { personId })
  const counts = new Map(grants.map(({ template, count }) => [template, count]))
  return templates.map(({ key, templateId, title }) => ({ key, templateId, title, granted: counts.get(key) ?? 0 }))
}

export const deliveryView = (
  { id, template, title, at, readAt }: Notice,
  delivery: Delivery | undefined,
): Output<'notice.deliveries'>['items'][number] => ({
  id,
  template,
  title,
  at: toWireInstant(at),
  state: delivery?.state ?? 'inboxOnly',
  isRead: readAt !== null,
  attempts: delivery?.attempts ?? 0,
  errcode: delivery?.errcode ?? null,
  reason: delivery?.reason ?? null,
  settledAt: delivery?.settledAt ? toWireInstant(delivery.settledAt) : null,
})
