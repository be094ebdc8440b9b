/** Tips about violations, each brought to where it stands today by the steps of the house. */
import type { EntityManager } from 'typeorm'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { Ground, Seed } from '../database/seed.js'
import { Post } from '../people/post.js'
import { release } from '../tips/release.js'
import { accept, conclude, markPriority, refuse, transfer, verify } from '../tips/steps.js'
import { submitTip } from '../tips/submit.js'
import type { Tip } from '../tips/tip.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'
import { readTips, type TipText } from './texts.js'

export const seedDemoTips: Seed = {
  name: 'demo.tips',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    const enforcer = await db.findOneByOrFail(Post, { role: 'enforcer', personId: cast.person('enforcer') })
    for (const told of readTips(ground)) {
      const tip = await layTip(db, ground, cast, told)
      for (const step of told.steps) await layStep(db, ground, enforcer, tip, step)
    }
    await release(db, ground.now)
  },
}

async function layTip(db: EntityManager, ground: Ground, cast: Cast, told: TipText): Promise<Tip> {
  const now = instantAt(addDays(dateOf(ground.now), -told.daysAgo))
  actAs(db, ground, { verb: 'tip.submit', at: now })
  const firm = cast.firms.find(({ name }) => name === told.firm)
  if (!firm) throw new Error(`the demonstration has no firm ${told.firm}`)
  const { violation, text, wantsReward, informer } = told
  const identity = informer && {
    personId: cast.person(informer.login),
    name: informer.name,
    phone: informer.phone,
    idNumber: informer.idNumber,
    bank: null,
  }
  const { tip } = await submitTip(
    { db, know: ground, now },
    {
      firmName: firm.name,
      creditCode: firm.creditCode,
      districtCode: firm.districtCode ?? undefined,
      happened: told.happened ?? undefined,
      violation,
      text,
      wantsReward,
      identity,
    },
  )
  return tip
}

async function layStep(
  db: EntityManager,
  ground: Ground,
  post: Post,
  target: Tip,
  step: TipText['steps'][number],
): Promise<void> {
  const now = instantAt(ground.calendar.workdayBefore(addDays(dateOf(ground.now), -step.daysAgo), 0), '14:20')
  actAs(db, ground, { verb: `tip.${step.verb}`, at: now, personId: post.personId, postId: post.id })
  const taken = { db, know: ground, target, now, postId: post.id, personId: post.personId }
  switch (step.verb) {
    case 'accept':
      await accept(taken, step.text)
      return
    case 'refuse':
      await refuse(taken, step.basis, step.text)
      return
    case 'transfer':
      await transfer(taken, step.to, step.text)
      return
    case 'markPriority':
      await markPriority(taken, true, step.text)
      return
    case 'verify':
      await verify(taken, { finding: step.finding, facts: step.text, sameMatterId: null })
      return
    case 'conclude': {
      const { decision, decisionNumber, text } = step
      const outcome = { decision, decisionNumber, decidedOn: dateOf(now), penaltyFen: null, reply: text }
      await conclude(taken, outcome)
    }
  }
}
