/** A person's requests for help, as their own data: they may take them along; erasing leaves the bureau's record. */
import { toWireInstant } from '../calendar/dates.js'
import { change } from '../audit/trail.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import { CaseEntry } from './caseEntry.js'
import { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'

export const caseData: OwnData = {
  title: '诉求',
  async read(db, { person }) {
    const cases = await db.find(HelpCase, { where: { createdBy: person.id }, order: { id: 'ASC' } })
    const entries = await db.find(CaseEntry, { where: { personId: person.id }, order: { id: 'ASC' } })
    const ratings = await db.find(Rating, { where: { personId: person.id }, order: { id: 'ASC' } })
    return {
      诉求: cases.map((row) => ({
        编号: row.number,
        标题: row.title,
        内容: row.text,
        提交时间: toWireInstant(row.createdAt),
        状态: row.state,
      })),
      留言: entries.map((entry) => ({ 诉求: entry.caseId, 时间: toWireInstant(entry.at), 动作: entry.verb, 内容: entry.text })),
      评价: ratings.map((rating) => ({ 诉求: rating.caseId, 分: rating.score, 内容: rating.text, 时间: toWireInstant(rating.at) })),
    }
  },
  async erase(db, { person, personal }) {
    for (const row of await db.findBy(HelpCase, { createdBy: person.id })) {
      const [title, text] = [withoutOwner(row.title, personal), withoutOwner(row.text, personal)]
      if (title !== row.title || text !== row.text) await change(db, HelpCase, row, { title, text })
    }
    for (const entry of await db.findBy(CaseEntry, { personId: person.id })) {
      const text = entry.text && withoutOwner(entry.text, personal)
      if (text !== entry.text) await db.update(CaseEntry, { id: entry.id }, { text })
    }
    for (const rating of await db.findBy(Rating, { personId: person.id })) {
      const text = rating.text && withoutOwner(rating.text, personal)
      if (text !== rating.text) await db.update(Rating, { id: rating.id }, { text })
    }
  },
}
