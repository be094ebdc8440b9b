/** A person's own key, wrapped by a master key: deleting the row makes everything sealed with it unreadable for good. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('person_key')
@Index('person_key_person', ['personId'], { unique: true })
@Index('person_key_wrap', ['wrapId'])
export class PersonKey {
  /** The key id that values sealed with this key carry. */
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) personId: string
  @Column('text') wrapped: string
  /** The master key that unwraps it. */
  @Column('varchar', { length: 40 }) wrapId: string
  /** How it is wrapped; the values name their own algorithm. */
  @Column('varchar', { length: 30 }) algorithm: string
  @Column('datetime', { precision: 3 }) createdAt: Date
}
