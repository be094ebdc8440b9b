/** A firm, known by its 统一社会信用代码. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('enterprise')
@Index('enterprise_code', ['creditCode'], { unique: true })
@Index('enterprise_name', ['name'])
export class Enterprise extends Tracked {
  static trail: TrailRule = { kind: 'enterprise' }

  @Column('varchar', { length: 18 }) creditCode: string
  @Column('varchar', { length: 100 }) name: string
  @Column('varchar', { length: 6, nullable: true }) districtCode: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
}
