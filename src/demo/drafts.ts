/** Two guides on their way to a next version: one being written, one with the province, so that a clerk has what to try. */
import { change } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import type { Seed } from '../database/seed.js'
import { Guide } from '../guides/guide.js'
import { GuideMove } from '../guides/guideMove.js'
import { GuideVersion } from '../guides/guideVersion.js'
import { actAs } from './act.js'
import { readCast } from './cast.js'

/** What the next version says more: one more name under which it is found. */
const drafts = [
  { code: 'ZH-01', alias: '办厂流程', daysAgo: 2, isSubmitted: false },
  { code: 'HP-02', alias: '报告表多久能批', daysAgo: 6, isSubmitted: true },
] as const

const unpublished = {
  filingNumber: null,
  provinceNote: null,
  submittedOn: null,
  reviewedOn: null,
  filedOn: null,
  publishedOn: null,
  withdrawnOn: null,
}

export const seedDemoDrafts: Seed = {
  name: 'demo.drafts',
  isDemo: true,
  async lay(db, ground) {
    const { clerk } = await readCast(db, ground)
    const today = dateOf(ground.now)
    for (const { code, alias, daysAgo, isSubmitted } of drafts) {
      const guide = await db.findOneBy(Guide, { code, state: 'published' })
      if (!guide) continue
      const { content: before } = await db.findOneByOrFail(GuideVersion, { guideId: guide.id, number: guide.number })
      const content = { ...before, aliases: [...(before.aliases ?? []), alias] }
      const on = addDays(today, -daysAgo)
      const versionId = idAt(instantAt(on, '10:20'))
      const number = guide.number + 1
      await db.insert(GuideVersion, {
        ...unpublished,
        id: versionId,
        guideId: guide.id,
        number,
        state: 'draft',
        content,
      })
      const deed = async (verb: 'guide.save' | 'guide.submit', time: string) => {
        const at = instantAt(on, time)
        actAs(db, ground, { verb, at, personId: clerk.personId, postId: clerk.id })
        await db.insert(GuideMove, {
          id: idAt(at),
          guideId: guide.id,
          versionId,
          verb,
          at,
          postId: clerk.id,
          note: null,
        })
        return at
      }
      const savedAt = await deed('guide.save', '10:20')
      const facts = { state: 'draft' as const, number, workingVersionId: versionId, changedAt: savedAt }
      await change(db, Guide, guide, facts, { content: [before, content] })
      if (!isSubmitted) continue
      const changedAt = await deed('guide.submit', '15:10')
      await db.update(GuideVersion, { id: versionId }, { state: 'submitted', submittedOn: on })
      await change(db, Guide, guide, { state: 'submitted', changedAt })
    }
  },
}
