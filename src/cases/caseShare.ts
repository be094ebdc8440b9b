/** Another unit's part in a case: it assists (会办), or it handed the case on (转办) and keeps reading. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('case_share')
@Index('case_share_case', ['caseId', 'unitId', 'how'], { unique: true })
@Index('case_share_due', ['dueOn'])
@Index('case_share_unit', ['unitId', 'how', 'caseId'])
export class CaseShare {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) caseId: string
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 10 }) how: 'assisting' | 'handedOn'
  @Column('datetime', { precision: 3 }) since: Date
  @Column('datetime', { precision: 3, nullable: true }) repliedAt: Date | null
  /** The last day for the reply of an expert group; null where it is another unit's. */
  @Column('varchar', { length: 10, nullable: true }) dueOn: string | null
}
