/** The guides have been public for months: readers have had the time to say something about them. */
import { change } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { Seed } from '../database/seed.js'
import { Guide } from '../guides/guide.js'
import { GuideMove } from '../guides/guideMove.js'
import { GuideVersion } from '../guides/guideVersion.js'

const PUBLISHED_DAYS_AGO = 240

export const seedDemoGuides: Seed = {
  name: 'demo.guides',
  isDemo: true,
  async lay(db, { now }) {
    const publishedOn = addDays(dateOf(now), -PUBLISHED_DAYS_AGO)
    const at = instantAt(publishedOn, '09:00')
    for (const guide of await db.find(Guide, { where: { state: 'published' }, order: { code: 'ASC' } })) {
      await change(db, Guide, guide, { createdAt: at, changedAt: at })
      await db.update(GuideVersion, { guideId: guide.id }, { publishedOn })
      await db.update(GuideMove, { guideId: guide.id }, { at })
    }
  },
}
