/** Lays down the guides of `seeds/guides/` as published; none has a filing number, which only the bureau can bring. */
import { v7 as uuid } from 'uuid'
import { create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import type { Seed } from '../database/seed.js'
import { Guide } from './guide.js'
import { GuideMove } from './guideMove.js'
import { GuideVersion } from './guideVersion.js'
import { readSeedGuides } from './sources.js'

export const seedGuides: Seed = {
  name: 'guides',
  async lay(db, { now }) {
    for (const content of readSeedGuides()) {
      const guideId = uuid()
      const versionId = uuid()
      await create(
        db,
        Guide,
        {
          id: guideId,
          code: content.code,
          title: content.title,
          state: 'published',
          isReviewed: false,
          number: 1,
          workingVersionId: versionId,
          publishedVersionId: versionId,
          createdAt: now,
          changedAt: now,
        },
        { content: [null, content] },
      )
      await db.insert(GuideVersion, {
        id: versionId,
        guideId,
        number: 1,
        state: 'published',
        content,
        filingNumber: null,
        provinceNote: null,
        submittedOn: null,
        reviewedOn: null,
        filedOn: null,
        publishedOn: dateOf(now),
        withdrawnOn: null,
      })
      const note = '随系统提供，以窗口公布为准'
      await db.insert(GuideMove, { id: uuid(), guideId, versionId, verb: 'guide.publish', at: now, postId: null, note })
    }
  },
}
