/** Lets the trail say who did what and when, as if it had been done at that moment. */
import type { EntityManager } from 'typeorm'
import { beginAct } from '../audit/act.js'
import type { Ground } from '../database/seed.js'

interface Doing {
  verb: string
  at: Date
  personId?: string | null
  postId?: string | null
}

export function actAs(db: EntityManager, { keyring }: Ground, { verb, at, personId, postId }: Doing): void {
  const auditKey = keyring.purposeKey('audit')
  beginAct(db, { verb, personId: personId ?? null, postId: postId ?? null, now: at, auditKey, revised: new Set() })
}
