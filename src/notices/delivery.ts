/** One WeChat subscribe message on its way: what came of it, as far as anybody knows. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { TemplateValues } from '../wechat/templates.js'

/**
 * queued → sending (committed before the request leaves) → one of the rest.
 * uncertain: the answer was lost, so it is never sent again. refused: the person takes no more (43101).
 * invalid: the message itself was wrong. failed: it certainly did not go out, and we stopped trying.
 */
export const deliveryStates = ['queued', 'sending', 'sent', 'refused', 'invalid', 'uncertain', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

@Entity('delivery')
@Index('delivery_notice', ['noticeId'], { unique: true })
@Index('delivery_person', ['personId'])
export class Delivery {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) noticeId: string
  @Column('varchar', { length: 36 }) personId: string
  @Column('varchar', { length: 40 }) template: string
  /** What the message says, by field name; forgotten once it is settled. */
  @Column('simple-json', { nullable: true }) content: TemplateValues | null
  @Column('varchar', { length: 10 }) state: DeliveryState
  @Column('integer') attempts: number
  /** WeChat's code of the last failure. */
  @Column('integer', { nullable: true }) errcode: number | null
  /** Our words for the last failure. */
  @Column('varchar', { length: 200, nullable: true }) reason: string | null
  @Column('varchar', { length: 40, nullable: true }) msgId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3, nullable: true }) settledAt: Date | null
}
