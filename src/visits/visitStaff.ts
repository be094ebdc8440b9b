/** An official of a visit: offered to come, or was there. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('visit_staff')
@Index('visit_staff_pair', ['visitId', 'postId'], { unique: true })
@Index('visit_staff_post', ['postId', 'visitId'])
export class VisitStaff {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) visitId: string
  @Column('varchar', { length: 36 }) postId: string
}
