/** Names, phones and openids of private persons: sealed under each person's own key, opened only where they are needed. */
import type { EntityManager } from 'typeorm'
import { rowsBy } from '../database/rows.js'
import type { Keyring } from '../encryption/keyring.js'
import { maskName, maskPhone } from '../encryption/lookup.js'
import { loadPersonalKeys, openPersonal, type PersonalKey, sealPersonal } from '../encryption/personalKeys.js'
import { Person } from './person.js'

export const personalFields = { name: 'person.name', phone: 'person.phone', openid: 'person.openid' } as const
const columns = { name: 'nameSealed', phone: 'phoneSealed', openid: 'openidSealed' } as const
type Field = keyof typeof personalFields

export interface Personal {
  name: string | null
  phone: string | null
}

/** What is known of one who may have left us. */
export interface Known extends Personal {
  isErased: boolean
}

export const sealFor = (key: PersonalKey, personId: string, field: Field, plain: string) =>
  sealPersonal(key, personalFields[field], personId, plain)

export function openFor(key: PersonalKey | undefined, person: Person, field: Field): string | null {
  const sealed = person[columns[field]]
  return sealed === null || key === undefined ? null : openPersonal(key, personalFields[field], person.id, sealed)
}

/** Name and phone of each person, null where unknown or erased. */
export async function personalOf(
  db: EntityManager,
  keyring: Keyring,
  personIds: readonly string[],
): Promise<Map<string, Known>> {
  const ids = [...new Set(personIds)]
  if (ids.length === 0) return new Map()
  const people = await rowsBy(db, Person, { id: ids })
  const sealed = people.filter(({ nameSealed, phoneSealed }) => nameSealed !== null || phoneSealed !== null)
  const keys = await loadPersonalKeys(
    db,
    keyring,
    sealed.map(({ id }) => id),
  )
  return new Map(
    people.map((person) => {
      const key = keys.get(person.id)
      const [name, phone] = [openFor(key, person, 'name'), openFor(key, person, 'phone')]
      return [person.id, { name, phone, isErased: person.erasedAt !== null }]
    }),
  )
}

/** As lists show them: 王**, 138****5678. */
export const masked = ({ name, phone }: Personal): Personal => ({
  name: name === null ? null : maskName(name),
  phone: phone === null ? null : maskPhone(phone),
})

export const erasedName = '已注销用户'
