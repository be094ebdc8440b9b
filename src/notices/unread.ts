/** How many of somebody's notices they have not read. */
import { type EntityManager, IsNull } from 'typeorm'
import { Notice } from './notice.js'

export const unreadOf = (db: EntityManager, personId: string): Promise<number> =>
  db.countBy(Notice, { personId, readAt: IsNull() })
