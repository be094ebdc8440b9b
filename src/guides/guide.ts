/** One guide of the 办事不找关系指南: where it stands, which version the public reads, and which is being worked on. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { GuideState } from './states.js'

@Entity('guide')
@Index('guide_code', ['code'], { unique: true })
@Index('guide_state', ['state', 'code'])
export class Guide extends Tracked {
  static trail: TrailRule = { kind: 'guide', digest: ['content'] }

  /** Code and title of the published version, or of the first draft. */
  @Column('varchar', { length: 40 }) code: string
  @Column('varchar', { length: 200 }) title: string
  @Column('varchar', { length: 10 }) state: GuideState
  /** 省厅审核 has passed the version being worked on. */
  @Column('boolean') isReviewed: boolean
  /** The number of the version being worked on. */
  @Column('integer') number: number
  @Column('varchar', { length: 36 }) workingVersionId: string
  /** Null where nothing is public. */
  @Column('varchar', { length: 36, nullable: true }) publishedVersionId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3 }) changedAt: Date
}
