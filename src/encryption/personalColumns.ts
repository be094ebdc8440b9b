/** What the re-encryption has to know about a column that holds sealed personal values. */
import type { EntityTarget, ObjectLiteral } from 'typeorm'

export interface PersonalColumn {
  entity: EntityTarget<ObjectLiteral>
  /** Property that holds the sealed text, or null. */
  column: string
  /** Property that holds the owner's person id (`id` in the person's own table). */
  personIdColumn: string
  /** The field it was sealed under, as given to `sealPersonal`. */
  field: string
}
