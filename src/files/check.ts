/** Has WeChat look at the pictures of a case, where the bureau switched that on, and takes in the verdict it pushes. */
import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import { Hopeless, job } from '../audit/jobKind.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import type { House } from '../house.js'
import { Person } from '../people/person.js'
import { openFor } from '../people/personal.js'
import type { PushEvent } from '../wechat/callback.js'
import { WechatError } from '../wechat/problems.js'
import { type FileOwnerKind, StoredFile } from './storedFile.js'
import { fileUrl } from './view.js'

/** WeChat looks within 30 minutes. */
const LINK_MS = 30 * 60_000

export interface CheckOrder {
  ownerKind: FileOwnerKind
  ownerId: string
}

/** What WeChat cannot look at, documents among them, stays pending until an officer releases it. */
export const checkJob = job<CheckOrder>({
  async outside({ payload: { ownerKind, ownerId }, house }) {
    if (!house.config.wechat.checksCaseFiles) return
    const where = { ownerKind, ownerId, kind: 'image' as const, review: 'pending' as const, traceId: IsNull() }
    for (const picture of await house.ds.manager.findBy(StoredFile, where)) await startCheck(house, picture)
  },
  async handle() {},
})

async function startCheck(house: House, picture: StoredFile): Promise<void> {
  const { config, ds, know, outside } = house
  if (config.publicUrl === undefined) throw new Hopeless('PUBLIC_URL is needed for the check of case files')
  const openid = await openidOf(house, picture.uploadedBy)
  if (openid === null) return
  const expiresAt = new Date(house.now().getTime() + LINK_MS)
  const mediaUrl = new URL(fileUrl(know, picture.id, null, expiresAt), config.publicUrl).href
  try {
    const traceId = await outside.wechat.checkMedia({ openid, mediaUrl, mediaType: 'image', scene: 'comment' })
    // At once: the verdict may come before the other pictures are through, and a retry need not ask for this one again.
    await ds.manager.update(StoredFile, { id: picture.id }, { traceId })
  } catch (error) {
    if (!(error instanceof WechatError) || error.retryable) throw error
  }
}

async function openidOf({ ds, know }: House, personId: string | null): Promise<string | null> {
  const person = personId === null ? null : await ds.manager.findOneBy(Person, { id: personId })
  if (!person) return null
  return openFor((await loadPersonalKeys(ds.manager, know.keyring, [person.id])).get(person.id), person, 'openid')
}

type Verdict = Exclude<PushEvent, { kind: 'other' }>

/** False when no file is known under the verdict's trace. An officer's word, given meanwhile, stands. */
export async function takeVerdict(db: EntityManager, event: Verdict): Promise<boolean> {
  const { traceId } = event
  if (!(await db.existsBy(StoredFile, { traceId }))) return false
  if (event.kind === 'mediaCheck') {
    const review = event.verdict.outcome === 'pass' ? 'passed' : 'held'
    await db.update(StoredFile, { traceId, review: 'pending' }, { review })
  }
  return true
}
