/** How many messages of a template a person still lets us send: each tap in WeChat gives one (一次授权一条消息). */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('message_grant')
@Index('message_grant_person', ['personId', 'template'], { unique: true })
export class MessageGrant {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) personId: string
  /** The template's key. */
  @Column('varchar', { length: 40 }) template: string
  @Column('integer') count: number
  @Column('datetime', { precision: 3 }) changedAt: Date
}
