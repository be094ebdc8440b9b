/** The only door to who informed. `db` is the transaction's manager. */
import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { changeRows, rowBy, rowsBy } from '../../database/rows.js'
import { scatter } from '../../database/scatter.js'
import type { Knowledge } from '../../house.js'
import { Informer } from './informer.js'
import { personRef, tipRef } from './refs.js'
import { openInformer, sealInformer } from './sealing.js'

export interface Identity {
  /** Null for who did not log in. */
  personId: string | null
  name: string
  phone: string | null
  idNumber: string | null
  bank: { holder: string; account: string; bankName: string } | null
  /** WeChat messages that the informer still lets us send; none unless told. */
  messages?: number
}

type Keys = Pick<Knowledge, 'informers'>

export async function keepInformer(db: EntityManager, know: Keys, tipId: string, identity: Identity): Promise<void> {
  const id = randomUUID()
  await db.insert(Informer, {
    id,
    tipRef: tipRef(know, tipId),
    personRef: identity.personId === null ? null : personRef(know, identity.personId),
    ...sealInformer(know.informers, id, { ...identity, tipId }),
  })
  await scatter(db, Informer, 'id', id)
}

/** Null for who gave no name, or has taken it back. */
export async function identityOf(db: EntityManager, know: Keys, tipId: string): Promise<Identity | null> {
  const row = await rowBy(db, Informer, { tipRef: tipRef(know, tipId) })
  if (!row) return null
  const { tipId: _, ...identity } = openInformer(know.informers, row)
  return identity
}

/** @throws Error where nobody is known to have informed of it */
export async function changeInformer(
  db: EntityManager,
  know: Keys,
  tipId: string,
  patch: Partial<Identity>,
): Promise<void> {
  const row = await rowBy(db, Informer, { tipRef: tipRef(know, tipId) }, { lock: true })
  if (!row) throw new Error('There is no informer to change')
  const changed = { ...openInformer(know.informers, row), ...patch }
  await changeRows(
    db,
    Informer,
    { id: row.id },
    {
      personRef: changed.personId === null ? null : personRef(know, changed.personId),
      ...sealInformer(know.informers, row.id, changed),
    },
  )
}

export async function isInformer(db: EntityManager, know: Keys, tipId: string, personId: string): Promise<boolean> {
  const row = await rowBy(db, Informer, { tipRef: tipRef(know, tipId) })
  return row !== null && row.personRef === personRef(know, personId)
}

/** In no order that means anything. */
export async function tipIdsOf(db: EntityManager, know: Keys, personId: string): Promise<string[]> {
  const rows = await rowsBy(db, Informer, { personRef: personRef(know, personId) }, { order: 'id' })
  return rows.map((row) => openInformer(know.informers, row).tipId)
}

export async function forgetInformer(db: EntityManager, know: Keys, tipId: string): Promise<void> {
  await db.delete(Informer, { tipRef: tipRef(know, tipId) })
}
