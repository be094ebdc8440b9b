/** Tips that could be rewarded (查实的实名举报), and why one cannot. */
import type { EntityManager } from 'typeorm'
import type { Output } from '../../contract.js'
import type { Knowledge } from '../../house.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import type { Call } from '../../http/serve.js'
import { identityOf } from '../../tips/informers/store.js'
import type { Actor } from '../../people/actor.js'
import { accusedIdsOf, foundTrue, type Matter, mattersOf } from '../matter.js'
import { Reward } from '../reward.js'

/** Undefined: there is no such tip. Null: nothing stands in the way. Otherwise the sentence. */
export async function obstacleTo(
  db: EntityManager,
  know: Knowledge,
  tipId: string,
  { enterpriseIds }: Pick<Actor, 'enterpriseIds'>,
): Promise<string | null | undefined> {
  if ((await accusedIdsOf(db, tipId)).some((id) => enterpriseIds.includes(id))) return undefined
  const matter = (await mattersOf(db, [tipId])).get(tipId)
  if (!matter) return undefined
  if (matter.state !== 'concluded') return '这件举报还没有办结，办结后再认定奖励'
  if (matter.finding !== 'true' && matter.finding !== 'partly') return '只有查证属实或部分属实的举报才能奖励'
  if (await db.existsBy(Reward, { standingTipId: tipId })) return '这件举报已经认定过奖励'
  return obstacleIn(db, know, matter)
}

/** Of a tip that was found true and has no reward. */
async function obstacleIn(db: EntityManager, know: Knowledge, matter: Matter): Promise<string | null> {
  if (!matter.isNamed) return '匿名举报没有留下举报人，不能奖励'
  if (!matter.wantsReward) return '举报人没有申请奖励'
  if (matter.sameMatterAs !== null) {
    return `同一件事有人先举报（${matter.sameMatterAs}），只奖励最先举报的人`
  }
  const identity = await identityOf(db, know, matter.tipId)
  if (identity === null) return '举报人的身份信息已经删除，不能奖励'
  if (identity.idNumber === null) return '举报人没有填写身份证号码，请先联系本人补上'
  return null
}

export async function candidates({
  db,
  know,
  actor,
  input,
}: Call<'reward.candidates'>): Promise<Output<'reward.candidates'>> {
  const after = readCursor(know.keyring, 'reward.candidates', input)
  const [concludedOn, tipId] = after ?? []
  const last = tipId === undefined ? undefined : { concludedOn: String(concludedOn), tipId }
  const found = await foundTrue(db, actor.enterpriseIds, last, input.limit + 1)
  const items: Output<'reward.candidates'>['items'] = []
  for (const matter of found.slice(0, input.limit)) {
    items.push({
      tipId: matter.tipId,
      number: matter.number,
      firmName: matter.firmName,
      concludedOn: matter.concludedOn ?? '',
      decision: matter.decision,
      obstacle: await obstacleIn(db, know, matter),
    })
  }
  return pageFrom(found, input.limit, items, (end) =>
    writeCursor(know.keyring, 'reward.candidates', input, [end.concludedOn ?? '', end.tipId]),
  )
}
