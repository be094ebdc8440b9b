/** A new tip: who informed goes into the store apart, everything else into the tip. */
import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import type { Input } from '../contract.js'
import { changeRows } from '../database/rows.js'
import type { Knowledge } from '../house.js'
import { ENFORCEMENT } from '../people/unit.js'
import { numberOn } from '../words/number.js'
import { acceptBy, releaseAt } from './clock.js'
import { firmOf } from './firm.js'
import { type Identity, keepInformer } from './informers/store.js'
import { writeEntry } from './move.js'
import { codeHash, newCode } from './receipt.js'
import { handlerFor } from './routing.js'
import { accusedOf } from './target.js'
import { Tip } from './tip.js'
import { withoutInformer } from './withoutInformer.js'

export interface Telling {
  db: EntityManager
  know: Pick<Knowledge, 'keyring' | 'informers' | 'calendar' | 'tips'>
  now: Date
}

export interface Told extends Pick<Input<'tip.submit'>, 'firmName' | 'violation' | 'text'> {
  creditCode?: string | undefined
  districtCode?: string | undefined
  address?: string | undefined
  point?: Tip['point'] | undefined
  happened?: string | undefined
  wantsReward: boolean
  /** Null: nothing of the person is kept. */
  identity: Identity | null
}

export async function submitTip({ db, know, now }: Telling, told: Told) {
  const receivedOn = dateOf(now)
  const { firmName, creditCode, districtCode, address, point, happened, violation, text, wantsReward, identity } = told
  const firm = await firmOf(db, firmName, creditCode)
  const accusedIds = await accusedOf(db, { firmName, creditCode: firm.creditCode })
  const number = numberOn('JB', receivedOn)
  const code = newCode()
  const clean = (said: string) => withoutInformer(said, identity)
  const limit = acceptBy(know, receivedOn)
  const entryId = randomUUID()
  const tip = await create(
    db,
    Tip,
    {
      // An id by time would say when.
      id: randomUUID(),
      number,
      codeHash: codeHash(know, number, code),
      state: 'received',
      violation,
      firmName,
      ...firm,
      districtCode: districtCode ?? null,
      address: address === undefined ? null : clean(address),
      point: point ? { ...point, ...(point.name && { name: clean(point.name) }) } : null,
      happened: happened === undefined ? null : clean(happened),
      text: clean(text),
      isNamed: identity !== null,
      wantsReward,
      receivedOn,
      releaseAt: null,
      ...limit,
      concludeBy: null,
      dueOn: limit.acceptBy,
      unitId: ENFORCEMENT,
      handlerPostId: await handlerFor(db, accusedIds, receivedOn),
      answeredOn: null,
      verifiedOn: null,
      verifiedByPostId: null,
      verifiedBy: null,
      finding: null,
      facts: null,
      sameMatterId: null,
      endedOn: null,
      concludedByPostId: null,
      concludedBy: null,
      decision: null,
      decisionNumber: null,
      decidedOn: null,
      penaltyFen: null,
      reply: null,
      isPriority: false,
      priorityReason: null,
    },
    { entry: [null, { id: entryId, text: null }] },
  )
  // Not by `create`: the trail would keep it.
  await changeRows(db, Tip, { id: tip.id }, { releaseAt: releaseAt(know, now) })
  await writeEntry(db, { id: entryId, tipId: tip.id, verb: 'tip.submit', now, text: null, postId: null })
  if (identity !== null) await keepInformer(db, know, tip.id, identity)
  return { tip, code, entryId }
}
