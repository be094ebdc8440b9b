/** WHERE PERSONAL VALUES STAND: every sealed column, for re-encryption. */
import type { PersonalColumn } from '../encryption/personalColumns.js'
import { Person } from './person.js'
import { personalFields } from './personal.js'

export const personalColumns: readonly PersonalColumn[] = [
  { entity: Person, column: 'nameSealed', personIdColumn: 'id', field: personalFields.name },
  { entity: Person, column: 'phoneSealed', personIdColumn: 'id', field: personalFields.phone },
  { entity: Person, column: 'openidSealed', personIdColumn: 'id', field: personalFields.openid },
]
