/** Who reaches a guide: everybody what is published, staff who keep the guides all. */
import type { EntityManager } from 'typeorm'
import type { Verb } from '../contract.js'
import { forUpdate } from '../database/transaction.js'
import type { Target } from '../http/serve.js'
import { Guide } from './guide.js'
import { obstacleTo } from './states.js'

/** A guide by its id or its code. */
export const findGuide = (db: EntityManager, key: string, lock: boolean): Promise<Guide | null> =>
  db.findOne(Guide, {
    where: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(key) ? { id: key.toLowerCase() } : { code: key },
    ...(lock ? { lock: forUpdate(db) } : {}),
  })

/** In SQL the guide is `g`. */
export const guideTarget: Target<Guide> = {
  seenBy: 'guide.read',
  load: findGuide,
  scopes: {
    all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
    public: {
      holds: (_, guide) => guide.publishedVersionId !== null,
      where: () => ({ sql: 'g.publishedVersionId IS NOT NULL', params: [] }),
    },
  },
  obstacle: (guide, verb) => obstacleTo(verb, guide),
}

/** What staff may do with a guide, in the order of its life. */
export const guideActions: readonly Verb[] = [
  'guide.save',
  'guide.discard',
  'guide.submit',
  'guide.review',
  'guide.file',
  'guide.publish',
  'guide.withdraw',
]
