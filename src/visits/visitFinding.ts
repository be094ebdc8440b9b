/** What the firm asked for at a visit: solved on the spot, or carried on as a case. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('visit_finding')
@Index('visit_finding_visit', ['visitId', 'id'])
@Index('visit_finding_case', ['caseId'])
export class VisitFinding {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) visitId: string
  @Column('text') text: string
  @Column('boolean') isSolved: boolean
  @Column('varchar', { length: 20, nullable: true }) category: string | null
  /** Whose question it was. */
  @Column('varchar', { length: 36, nullable: true }) enterpriseId: string | null
  /** The case it became; null when solved on the spot. */
  @Column('varchar', { length: 36, nullable: true }) caseId: string | null
}
