/** Counters by which every process notices that what it holds in memory has been revised by another. */
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm'
import { actOf } from './act.js'

@Entity('revision')
export class Revision {
  @PrimaryColumn('varchar', { length: 30 }) name: string
  @Column('integer') count: number
}

/** Says, in the transaction that changes it, that the named knowledge is to be read again. */
export async function revise(db: EntityManager, name: string): Promise<void> {
  const result = await db.update(Revision, { name }, { count: () => 'count + 1' })
  if (result.affected !== 1) await db.insert(Revision, { name, count: 1 })
  actOf(db).revised.add(name)
}
