/** Leads of exceedances, each brought to where it stands today by the steps of the house. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EntityManager } from 'typeorm'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import type { Ground, Seed } from '../database/seed.js'
import { StoredFile } from '../files/storedFile.js'
import { decimal, openLead } from '../leads/open.js'
import { answer, close, send, sendBack } from '../leads/steps.js'
import { Post } from '../people/post.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'
import { type LeadText, readLeads } from './texts.js'

export const seedDemoLeads: Seed = {
  name: 'demo.leads',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    const enforcer = await db.findOneByOrFail(Post, { role: 'enforcer', personId: cast.person('enforcer') })
    const photo = await ground.blobs.put(await readFile(join(ground.config.root, 'seeds/demo/photo-plant.png')))
    for (const told of readLeads(ground)) await layLead(db, ground, { cast, enforcer, photo, told })
  },
}

interface Telling {
  cast: Cast
  enforcer: Post
  photo: { hash: string; size: number }
  told: LeadText
}

async function layLead(db: EntityManager, ground: Ground, { cast, enforcer, photo, told }: Telling): Promise<void> {
  const momentOf = (daysAgo: number, time: string) =>
    instantAt(ground.calendar.workdayBefore(addDays(dateOf(ground.now), -daysAgo), 0), time)
  const act = (verb: string, by: Post, at: Date) => {
    actAs(db, ground, { verb, at, personId: by.personId, postId: by.id })
    return { now: at, postId: by.id }
  }
  const firm = cast.firms.find(({ name }) => name === told.firm)
  if (!firm) throw new Error(`the demonstration has no firm ${told.firm}`)
  const { source, outlet = null, pollutant = null, measure = null, text = null } = told
  const made = act('lead.create', enforcer, momentOf(told.daysAgo, '09:10'))
  const row = await openLead(db, made.now, {
    facts: {
      source,
      reference: null,
      firmName: firm.name,
      creditCode: firm.creditCode,
      districtCode: firm.districtCode,
      outlet,
      pollutant,
      value: decimal(told.value),
      limitValue: decimal(told.limit),
      measure,
      exceededAt: pollutant === null ? null : new Date(made.now.getTime() - 130 * 60_000),
      text,
    },
    postId: enforcer.id,
  })
  const doing = { db, know: ground, target: row }
  if (told.sentAgo === null) return
  await send({ ...doing, ...act('lead.send', enforcer, momentOf(told.sentAgo, '10:20')) })
  const [officer] = cast.officersOf(row.unitId)
  if (!officer) throw new Error(`${row.unitId} has nobody to answer`)
  for (const { daysAgo, outcome, text: found, measured } of told.answers) {
    const answered = act('lead.answer', officer, momentOf(daysAgo, '15:20'))
    const entryId = await answer({ ...doing, ...answered }, { outcome, text: found, measured })
    await db.insert(StoredFile, photoOf(photo, officer, row.id, entryId, answered.now))
  }
  if (told.returned) {
    await sendBack(
      { ...doing, ...act('lead.return', enforcer, momentOf(told.returned.daysAgo, '16:00')) },
      told.returned.text,
    )
  }
  if (told.closedAgo !== null) {
    await close({ ...doing, ...act('lead.close', enforcer, momentOf(told.closedAgo, '16:30')) }, told.closing)
  }
}

function photoOf(photo: Telling['photo'], by: Post, ownerId: string, entryId: string, at: Date): StoredFile {
  return {
    id: idAt(at),
    ...photo,
    mime: 'image/png',
    extension: 'png',
    kind: 'image',
    name: '现场照片.png',
    width: 320,
    height: 240,
    takenAt: null,
    placeSealed: null,
    uploadedBy: by.personId,
    uploaderRef: null,
    uploadedAt: at,
    ownerKind: 'lead',
    ownerId,
    entryId,
    review: 'passed',
    traceId: null,
  }
}
