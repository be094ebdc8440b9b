/** A branch or an office of the bureau (分局 / 市局处室). Its id is the stable code of `seeds/units.json`. */
import { Column, Entity, PrimaryColumn } from 'typeorm'

/** 市执法队: approvals are handed over to it, and no service visit is its business. */
export const ENFORCEMENT = 'enforcement'

@Entity('unit')
export class Unit {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 60 }) name: string
  @Column('varchar', { length: 10 }) kind: 'office' | 'branch' | 'group'
  /** Whose group it is: a group with one gives help (技术帮扶), one without is only what the table calls several units. */
  @Column('varchar', { length: 36, nullable: true }) parentId: string | null
  @Column('simple-json') districtCodes: string[]
  /** Public number; null where nobody has confirmed one: shown as 以窗口公布为准. */
  @Column('varchar', { length: 40, nullable: true }) phone: string | null
  @Column('boolean') isConfirmed: boolean
}
