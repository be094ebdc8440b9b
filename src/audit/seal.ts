/** What the database itself remembers of a sealed day, so that a seal taken away is missed and never made anew. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from './tracked.js'

@Entity('audit_seal')
@Index('audit_seal_day', ['day'], { unique: true })
export class AuditSeal extends Tracked {
  static trail: TrailRule = { kind: 'seal' }

  @Column('varchar', { length: 10 }) day: string
  /** Entries under the seal. */
  @Column('integer') entries: number
  /** The seal's own MAC. */
  @Column('varchar', { length: 64 }) mac: string
}
