/** Work that follows from a committed change, or that the timetable asks for: written in a transaction, done by any worker. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

export type JobState = 'ready' | 'done' | 'dead'

@Entity('job')
@Index('job_due', ['state', 'dueAt'])
@Index('job_unique', ['uniqueKey'], { unique: true })
@Index('job_kind', ['kind', 'state'])
export class Job {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 60 }) kind: string
  /** What must happen once: a second job with the same key is not written. */
  @Column('varchar', { length: 160, nullable: true }) uniqueKey: string | null
  @Column('simple-json') payload: Record<string, unknown>
  @Column('varchar', { length: 10 }) state: JobState
  /** When it may run; while leased, when the lease ends. */
  @Column('datetime', { precision: 3 }) dueAt: Date
  @Column('integer') attempts: number
  /** Why the last attempt failed, without personal data. */
  @Column('varchar', { length: 300, nullable: true }) lastError: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3, nullable: true }) finishedAt: Date | null
}
