/** A person's comments on guides, as their own data. */
import { revise } from '../audit/revision.js'
import { change } from '../audit/trail.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import { GuideComment } from './guideComment.js'
import { isPublic, ownCommentView } from './view.js'

export const commentData: OwnData = {
  title: '指南意见',
  read: async (db, { person }) => {
    const rows = await db.find(GuideComment, { where: { personId: person.id }, order: { id: 'ASC' } })
    return rows.map(ownCommentView)
  },
  async erase(db, { person, personal }) {
    const rows = await db.findBy(GuideComment, { personId: person.id })
    for (const row of rows) {
      const answer = row.answer === null ? null : withoutOwner(row.answer, personal)
      await change(db, GuideComment, row, { personId: null, text: withoutOwner(row.text, personal), answer })
    }
    if (rows.some(isPublic)) await revise(db, 'guides')
  },
}
