/** A rating (好差评) of one closing: five levels, once. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** 不满意、非常不满意 are bad ratings (差评). */
export const BAD_SCORE = 2

@Entity('rating')
@Index('rating_case', ['caseId', 'round'], { unique: true })
@Index('rating_post', ['postId', 'ratedOn'])
@Index('rating_day', ['ratedOn'])
export class Rating {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) caseId: string
  @Column('integer') round: number
  /** 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意. */
  @Column('integer') score: number
  @Column('text', { nullable: true }) text: string | null
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  /** Given under a name (实名): the person had a phone or a name bound. */
  @Column('boolean') isNamed: boolean
  /** The officer rated. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('datetime', { precision: 3 }) at: Date
  @Column('varchar', { length: 10 }) ratedOn: string
}
