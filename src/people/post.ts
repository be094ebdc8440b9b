/** A staff member's post on the roster: role, unit, and what they handle. A person may hold several. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { StaffRole } from './roles.js'

@Entity('post')
@Index('post_phone', ['phoneHash'])
@Index('post_person', ['personId'])
@Index('post_unit', ['unitId', 'role'])
export class Post extends Tracked {
  static trail: TrailRule = { kind: 'post', omit: ['phoneHash'] }

  @Column('varchar', { length: 20 }) role: StaffRole
  @Column('varchar', { length: 36 }) unitId: string
  /** The official's name, public in office. */
  @Column('varchar', { length: 40 }) name: string
  @Column('varchar', { length: 40, nullable: true }) title: string | null
  /** Keyed hash of the mobile number by which WeChat's phone binding finds this post. */
  @Column('varchar', { length: 64 }) phoneHash: string
  /** The number told to enterprises. */
  @Column('varchar', { length: 40, nullable: true }) workPhone: string | null
  /** Whose post it is, once they have bound their phone. */
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  /** The case categories this post handles; null means all. */
  @Column('simple-json', { nullable: true }) handles: string[] | null
  /** The duty officer takes what belongs to no branch. */
  @Column('boolean') isDuty: boolean
  @Column('boolean') isActive: boolean
}
