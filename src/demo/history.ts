/** The demonstration's year: 600 cases and 200 visits, each step done at its time by whom it was for. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { kept } from '../cases/clock.js'
import { HelpCase } from '../cases/helpCase.js'
import { registerRejection } from '../cases/register.js'
import type { Seed } from '../database/seed.js'
import { actAs } from './act.js'
import { askedStory } from './caseStory.js'
import { readCast } from './cast.js'
import { diceOf } from './dice.js'
import { layNotices } from './notices.js'
import { outings } from './outings.js'
import { makePlay } from './play.js'
import { requests } from './requests.js'
import type { Stage } from './stage.js'
import { readCases, readFirms, readNotOurs, readVisits, readWords } from './texts.js'
import { type Pictures, visitStory } from './visitStory.js'

export const CASES = 600

export const seedDemoHistory: Seed = {
  name: 'demo.history',
  isDemo: true,
  async lay(db, ground) {
    const { config, blobs } = ground
    // The same bytes have the same name: put again on another attempt, they are there once.
    const picture = async (name: string) => blobs.put(await readFile(join(config.root, 'seeds/demo', name)))
    const pictures: Pictures = {
      signature: await picture('signature.png'),
      photos: { enterprise: await picture('photo-plant.png'), park: await picture('photo-room.png') },
    }
    const cast = await readCast(db, ground)
    const trades = new Map(readFirms(ground).map((firm) => [firm.creditCode, firm.trades]))
    const tradesById = new Map(cast.firms.map(({ id, creditCode }) => [id, trades.get(creditCode) ?? []]))
    const stage: Stage = {
      db,
      ground,
      cast,
      today: dateOf(ground.now),
      caseTexts: readCases(ground),
      notOurs: readNotOurs(ground),
      tradesOf: (enterpriseId) => tradesById.get(enterpriseId ?? '') ?? [],
      visitTexts: readVisits(ground),
      words: readWords(ground),
      play: makePlay(),
      heard: [],
    }
    const visits = outings(stage)
    const fromVisits = visits
      .filter(({ fate, plannedOn }) => fate === 'held' && plannedOn < stage.today)
      .flatMap(({ text, plannedOn }) => text.findings.flatMap(({ isSolved }) => (isSolved ? [] : [plannedOn])))
    for (const { key, start, draft, plot } of requests(stage, CASES, fromVisits)) {
      stage.play.add(askedStory(stage, diceOf(key), start, draft, plot))
    }
    for (const [index, outing] of visits.entries()) {
      stage.play.add(visitStory(stage, diceOf(`outing ${index}`), outing, pictures))
    }
    await stage.play.until(instantAt(stage.today))
    await keepWaiting(stage)
    await layRefusals(stage)
    await layNotices(db, stage)
  },
}

/** What waits is due later with every day: as the job of each night leaves it. */
async function keepWaiting({ db, ground }: Stage): Promise<void> {
  for (const row of await db.findBy(HelpCase, { state: 'waiting' })) {
    await db.update(HelpCase, { id: row.id, version: row.version }, kept(row, ground, ground.now))
  }
}

/** 否决事项备案: some refused applications. */
async function layRefusals(stage: Stage): Promise<void> {
  const { db, ground, cast, today, words } = stage
  const firms = cast.firms.filter(({ id }) => !cast.projects.some((project) => project.enterpriseId === id))
  for (const [index, { basis, reason }] of words.applicationRefusals.entries()) {
    const registeredOn = ground.calendar.workdayBefore(addDays(today, -40 * (index + 1)), 1)
    const at = instantAt(registeredOn, '16:30')
    const by = cast.supervisor
    const firm = firms[index]
    const proposer = cast.officersOf('approval')[index % 2]
    actAs(db, ground, { verb: 'seed', at, personId: by.personId, postId: by.id })
    await registerRejection(db, at, {
      kind: 'application',
      caseId: null,
      applicationId: null,
      enterpriseId: firm?.id ?? null,
      projectId: null,
      unitId: 'approval',
      basis,
      reason,
      proposedByPostId: proposer?.id ?? by.id,
      agreedByPostId: by.id,
    })
  }
}
