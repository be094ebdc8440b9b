/** What readers said about the guides, most of it answered by the clerk. */
import { change, create } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { GuideComment } from '../guides/guideComment.js'
import type { Seed } from '../database/seed.js'
import { actAs } from './act.js'
import { readCast } from './cast.js'
import { diceOf } from './dice.js'
import { giveBackMemory } from './memory.js'
import { readWords } from './texts.js'

export const seedDemoComments: Seed = {
  name: 'demo.comments',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    const dice = diceOf('comments')
    const today = dateOf(ground.now)
    const { comments } = readWords(ground)
    for (const [index, { guide, kind, text, answer }] of comments.entries()) {
      const guideId = cast.guides.get(guide)
      if (guideId === undefined) continue
      const on = addDays(today, -dice.between(4, 12) * (comments.length - index))
      const at = instantAt(on, '11:05')
      const personId = index === 0 ? cast.person('enterprise') : cast.memberOf(dice.pick(cast.firms).id)
      actAs(db, ground, { verb: 'guide.comment', at, personId })
      const said = { guideId, kind, text, personId, createdAt: at, review: 'passed' as const }
      const row = await create(db, GuideComment, {
        id: idAt(at),
        ...said,
        answer: null,
        answeredAt: null,
        postId: null,
      })
      if (answer === null) continue
      const answeredAt = instantAt(addDays(on, 2), '15:20')
      const { clerk } = cast
      actAs(db, ground, { verb: 'guide.replyComment', at: answeredAt, personId: clerk.personId, postId: clerk.id })
      await change(db, GuideComment, row, { answer, answeredAt, postId: clerk.id })
    }
    // The year's transaction is over.
    giveBackMemory()
  },
}
