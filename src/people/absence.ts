/** An official's absence with the named stand-in (代岗 / 替岗), both days included. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('absence')
@Index('absence_post', ['postId', 'toOn'])
@Index('absence_stand_in', ['standInPostId', 'toOn'])
export class Absence extends Tracked {
  static trail: TrailRule = { kind: 'absence' }

  @Column('varchar', { length: 36 }) postId: string
  @Column('varchar', { length: 36 }) standInPostId: string
  @Column('varchar', { length: 10 }) fromOn: string
  @Column('varchar', { length: 10 }) toOn: string
  @Column('boolean') isCancelled: boolean
}
