/** WHERE PERSONAL VALUES STAND: every sealed column, for re-encryption. */
import type { PersonalColumn } from '../encryption/personalColumns.js'
import { placeField } from '../files/place.js'
import { StoredFile } from '../files/storedFile.js'
import { projectPersonal } from '../projects/personal.js'
import { Project } from '../projects/project.js'
import { hostsField } from '../visits/hosts.js'
import { Visit } from '../visits/visit.js'
import { Person } from './person.js'
import { personalFields } from './personal.js'

export const personalColumns: readonly PersonalColumn[] = [
  { entity: Person, column: 'nameSealed', personIdColumn: 'id', field: personalFields.name },
  { entity: Person, column: 'phoneSealed', personIdColumn: 'id', field: personalFields.phone },
  { entity: Person, column: 'openidSealed', personIdColumn: 'id', field: personalFields.openid },
  { entity: StoredFile, column: 'placeSealed', personIdColumn: 'uploadedBy', field: placeField },
  ...Object.values(projectPersonal).map(({ column, field }) => ({
    entity: Project,
    column,
    personIdColumn: 'id',
    field,
  })),
  { entity: Visit, column: 'hostsSealed', personIdColumn: 'id', field: hostsField },
]
