/** One version of a guide. Its text changes only while it is a draft or returned; what was filed or published stays. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { GuideContent } from './content.js'
import type { VersionState } from './states.js'

/** What a draft may hold: every field that is there is well-formed. */
export type DraftContent = Partial<GuideContent>

@Entity('guide_version')
@Index('guide_version_number', ['guideId', 'number'], { unique: true })
@Index('guide_version_published', ['publishedOn'])
export class GuideVersion {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) guideId: string
  @Column('integer') number: number
  @Column('varchar', { length: 10 }) state: VersionState
  @Column('simple-json') content: DraftContent
  /** 备案号 of the business environment office; null where none is known. */
  @Column('varchar', { length: 60, nullable: true }) filingNumber: string | null
  /** What the province said at its last review. */
  @Column('text', { nullable: true }) provinceNote: string | null
  @Column('varchar', { length: 10, nullable: true }) submittedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) reviewedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) filedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) publishedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) withdrawnOn: string | null
}
