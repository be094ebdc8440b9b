/**
 * Who informed, apart from everything else: a row by itself says neither who, nor of what, nor when. Its refs are keyed
 * hashes, everything else is sealed, both with keys that nothing but this folder uses.
 */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('informer')
@Index('informer_tip', ['tipRef'], { unique: true })
@Index('informer_person', ['personRef'])
@Index('informer_key', ['keyId'])
export class Informer {
  /** Drawn at random: an id by time would say when somebody informed. */
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 64 }) tipRef: string
  /** Null for who did not log in. */
  @Column('varchar', { length: 64, nullable: true }) personRef: string | null
  /** Name, number, telephone, account, the person's id, and the tip's. */
  @Column('text') sealed: string
  /** The key it is sealed with. */
  @Column('varchar', { length: 40 }) keyId: string
}
