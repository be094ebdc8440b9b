/** The private persons of a ledger line (联系人、编制主持人): sealed under a key of the project's own. */
import type { EntityManager } from 'typeorm'
import { SealBroken } from '../encryption/algorithms.js'
import type { Keyring } from '../encryption/keyring.js'
import { maskName, maskPhone } from '../encryption/lookup.js'
import {
  loadPersonalKeys,
  newPersonalKey,
  openPersonal,
  type PersonalKey,
  sealPersonal,
} from '../encryption/personalKeys.js'
import { PersonKey } from '../encryption/personKey.js'
import type { Project } from './project.js'

type Mask = (plain: string) => string

/** Each value: the column it is kept in, the field it is sealed under, and how it is masked. */
export const projectPersonal = {
  contactName: { column: 'contactNameSealed', field: 'project.contactName', mask: maskName as Mask },
  contactPhone: { column: 'contactPhoneSealed', field: 'project.contactPhone', mask: maskPhone as Mask },
  compilerLead: { column: 'compilerLeadSealed', field: 'project.compilerLead', mask: maskName as Mask },
} as const
export type PersonalName = keyof typeof projectPersonal
export const personalNames = Object.keys(projectPersonal) as PersonalName[]
type SealedColumns = Partial<Pick<Project, (typeof projectPersonal)[PersonalName]['column']>>

export type PersonalValues = { [N in PersonalName]?: string | null | undefined }

/** The columns for the values given; null empties one. The project's key is made with its first value. */
export async function sealValues(
  db: EntityManager,
  keyring: Keyring,
  projectId: string,
  values: PersonalValues,
  now: Date,
): Promise<SealedColumns> {
  const sealed: SealedColumns = {}
  let key: PersonalKey | undefined
  for (const name of personalNames) {
    const value = values[name]
    if (value === undefined) continue
    const { column, field } = projectPersonal[name]
    if (value === null) sealed[column] = null
    else {
      key ??= await keyOf(db, keyring, projectId, now)
      sealed[column] = sealPersonal(key, field, projectId, value)
    }
  }
  return sealed
}

async function keyOf(db: EntityManager, keyring: Keyring, projectId: string, now: Date): Promise<PersonalKey> {
  const known = (await loadPersonalKeys(db, keyring, [projectId])).get(projectId)
  if (known) return known
  const { row, key } = newPersonalKey(keyring, projectId, now)
  await db.insert(PersonKey, row)
  return key
}

/** Destroys the project's key once none of its values is left, so that what the trail and the backups hold stays closed. */
export async function forgetIfEmpty(db: EntityManager, project: Project): Promise<void> {
  if (personalNames.some((name) => project[projectPersonal[name].column] !== null)) return
  await db.delete(PersonKey, { personId: project.id })
}

const destroyed = '（已删除）'

type OpenOf = (projectId: string, name: PersonalName, sealed: string | null, isMasked: boolean) => string | null

/** Opens what is sealed under each project's key; masked unless the reader is in charge. */
export function openerWith(keys: ReadonlyMap<string, PersonalKey>): OpenOf {
  return (projectId, name, sealed, isMasked) => {
    if (sealed === null) return null
    const { field, mask } = projectPersonal[name]
    try {
      const plain = openPersonal(keys.get(projectId), field, projectId, sealed)
      return isMasked ? mask(plain) : plain
    } catch (error) {
      // Sealed under a key that has been destroyed since: only the trail still has it.
      if (error instanceof SealBroken && error.fault === 'noKey') return destroyed
      throw error
    }
  }
}

export const openersOf = async (db: EntityManager, keyring: Keyring, projectIds: readonly string[]): Promise<OpenOf> =>
  openerWith(await loadPersonalKeys(db, keyring, projectIds))

/** The same for one project. */
export async function opener(db: EntityManager, keyring: Keyring, projectId: string) {
  const open = await openersOf(db, keyring, [projectId])
  return (name: PersonalName, sealed: string | null, isMasked: boolean) => open(projectId, name, sealed, isMasked)
}
