/** Readers' comments as the staff who answer them reach them. */
import { forUpdate } from '../database/transaction.js'
import type { Target } from '../http/serve.js'
import { GuideComment } from './guideComment.js'

export const commentTarget: Target<GuideComment> = {
  seenBy: 'guide.comments',
  load: (db, id, lock) => db.findOne(GuideComment, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) }),
  scopes: { all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) } },
}
