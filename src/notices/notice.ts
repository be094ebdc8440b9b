/** One line of somebody's inbox. Everybody has an inbox, whether or not they accept messages in WeChat. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { SubjectKind } from './subjects.js'

@Entity('notice')
@Index('notice_once', ['personId', 'uniqueKey'], { unique: true })
@Index('notice_person', ['personId', 'id'])
@Index('notice_unread', ['personId', 'readAt', 'id'])
@Index('notice_subject', ['subjectKind', 'subjectId', 'id'])
@Index('notice_read', ['readAt'])
export class Notice {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) personId: string
  @Column('varchar', { length: 20 }) subjectKind: SubjectKind
  @Column('varchar', { length: 36 }) subjectId: string
  /** Key of the WeChat template that says the same; null for the inbox alone. */
  @Column('varchar', { length: 40, nullable: true }) template: string | null
  @Column('varchar', { length: 200 }) title: string
  @Column('text') text: string
  @Column('datetime', { precision: 3 }) at: Date
  @Column('datetime', { precision: 3, nullable: true }) readAt: Date | null
  /** The event: a person is told of it once. */
  @Column('varchar', { length: 120, nullable: true }) uniqueKey: string | null
}
