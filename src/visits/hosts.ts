/** The firm's persons who were there: private, so sealed under a key of the visit's own. */
import type { EntityManager } from 'typeorm'
import type { Input } from '../contract.js'
import type { Keyring } from '../encryption/keyring.js'
import { maskName, maskPhone } from '../encryption/lookup.js'
import { loadPersonalKeys, newPersonalKey, openPersonal, sealPersonal } from '../encryption/personalKeys.js'
import { PersonKey } from '../encryption/personKey.js'
import { invalid } from '../problem.js'
import type { Host } from './contract.js'
import type { Visit } from './visit.js'

export const hostsField = 'visit.hosts'

interface HostView {
  name: string
  title: string | null
  phone: string | null
}
interface Hosts {
  hosts: HostView[]
  agreedBy: string | null
}
const nobody: Hosts = { hosts: [], agreedBy: null }

/** The hosts of a record, the one who agreed to the visit marked. @throws Problem invalid, when the one named is none of them */
export function hostsOf({ hosts, agreedBy }: Pick<Input<'visit.record'>, 'hosts' | 'agreedBy'>): Host[] {
  if (agreedBy === undefined) return hosts
  const at = hosts.findIndex((host) => host.name === agreedBy)
  if (at < 0) throw invalid('agreedBy', '请从在场的企业人员中选择')
  return hosts.map((host, index) => (index === at ? { ...host, hasAgreed: true } : host))
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
): Promise<Hosts> {
  if (hostsSealed === null) return nobody
  const key = (await loadPersonalKeys(db, keyring, [id])).get(id)
  if (!key) return nobody
  const kept = JSON.parse(openPersonal(key, hostsField, id, hostsSealed)) as Host[]
  const shown = (name: string) => (isMasked ? maskName(name) : name)
  const agreed = kept.find(({ hasAgreed }) => hasAgreed)
  return {
    hosts: kept.map(({ name, title = null, phone = null }) => ({
      name: shown(name),
      title,
      phone: phone !== null && isMasked ? maskPhone(phone) : phone,
    })),
    agreedBy: agreed ? shown(agreed.name) : null,
  }
}
