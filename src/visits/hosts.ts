/** The firm's persons who were there: private, so sealed under a key of the visit's own. */
import type { EntityManager } from 'typeorm'
import type { Keyring } from '../encryption/keyring.js'
import { maskName, maskPhone } from '../encryption/lookup.js'
import { loadPersonalKeys, newPersonalKey, openPersonal, sealPersonal } from '../encryption/personalKeys.js'
import { PersonKey } from '../encryption/personKey.js'
import type { Host } from './contract.js'
import type { Visit } from './visit.js'

export const hostsField = 'visit.hosts'

interface HostView {
  name: string
  title: string | null
  phone: string | null
}

/** The sealed text, and how the key it needs is kept; null without hosts. Insert the key after the visit. */
export function sealHosts(keyring: Keyring, visitId: string, hosts: readonly Host[], now: Date) {
  if (hosts.length === 0) return null
  const { row, key } = newPersonalKey(keyring, visitId, now)
  return {
    hostsSealed: sealPersonal(key, hostsField, visitId, JSON.stringify(hosts)),
    keepKey: (db: EntityManager) => db.insert(PersonKey, row),
  }
}

export async function openHosts(
  db: EntityManager,
  keyring: Keyring,
  { id, hostsSealed }: Visit,
  isMasked: boolean,
): Promise<HostView[]> {
  if (hostsSealed === null) return []
  const key = (await loadPersonalKeys(db, keyring, [id])).get(id)
  if (!key) return []
  const hosts = JSON.parse(openPersonal(key, hostsField, id, hostsSealed)) as Host[]
  return hosts.map(({ name, title = null, phone = null }) =>
    isMasked
      ? { name: maskName(name), title, phone: phone === null ? null : maskPhone(phone) }
      : { name, title, phone },
  )
}
