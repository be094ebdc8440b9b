/** What a tip says for its reward: the only file of rewards that reads tips. Who informed is not among it. */
import { type EntityManager, In } from 'typeorm'
import type { Condition } from '../http/scopes.js'
import { aboutFirms, accusedOf } from '../tips/target.js'
import { Tip } from '../tips/tip.js'
import type { Finding, TipState } from '../tips/words.js'
import { words } from '../words/words.js'

export interface Matter {
  tipId: string
  number: string
  firmName: string
  state: TipState
  finding: Finding | null
  isNamed: boolean
  wantsReward: boolean
  concludedOn: string | null
  /** In words: what was decided, and under which number. */
  decision: string | null
  facts: string | null
  /** The number of the tip that told the same first. */
  sameMatterAs: string | null
  /** Whoever verified or concluded it. */
  handlers: { postId: string; personId: string | null }[]
}

export async function mattersOf(db: EntityManager, tipIds: readonly string[]): Promise<Map<string, Matter>> {
  const ids = [...new Set(tipIds)]
  if (ids.length === 0) return new Map()
  const tips = await db.findBy(Tip, { id: In(ids) })
  return new Map((await mattersFrom(db, tips)).map((matter) => [matter.tipId, matter]))
}

/** @throws Error where there is none */
export async function matterOf(db: EntityManager, tipId: string): Promise<Matter> {
  const matter = (await mattersOf(db, [tipId])).get(tipId)
  if (!matter) throw new Error('a reward without its tip')
  return matter
}

/** The firms that the tip is about. */
export async function accusedIdsOf(db: EntityManager, tipId: string): Promise<string[]> {
  const tip = await db.findOneBy(Tip, { id: tipId })
  return tip ? accusedOf(db, tip) : []
}

/** Tips, as `t`, that are about none of these firms: 举报不让被举报的单位知道, whatever posts its people hold. */
export function notAbout(enterpriseIds: readonly string[]): Condition {
  if (enterpriseIds.length === 0) return { sql: '1 = 1', params: [] }
  const { sql, params } = aboutFirms(enterpriseIds)
  return { sql: `NOT ${sql}`, params }
}

/** The rewards for tips about any of these firms. */
export async function rewardsAbout(db: EntityManager, enterpriseIds: readonly string[]): Promise<string[]> {
  if (enterpriseIds.length === 0) return []
  const { sql, params } = aboutFirms(enterpriseIds)
  const rows = await db.query(`SELECT r.id FROM tip t JOIN reward r ON r.tipId = t.id WHERE ${sql}`, params)
  return (rows as { id: string }[]).map(({ id }) => id)
}

/** The tip of that number. */
export async function tipIdOf(db: EntityManager, number: string): Promise<string | null> {
  const tip = await db.findOne(Tip, { select: { id: true }, where: { number } })
  return tip?.id ?? null
}

/** Named tips about none of these firms that were concluded, found true at least in part, and have no reward: newest first. */
export async function foundTrue(
  db: EntityManager,
  enterpriseIds: readonly string[],
  after: Position | undefined,
  limit: number,
): Promise<Matter[]> {
  const others = notAbout(enterpriseIds)
  const later = after ? 'AND (t.endedOn < ? OR (t.endedOn = ? AND t.id < ?))' : ''
  const found = (await db.query(
    `SELECT t.id FROM tip t LEFT JOIN reward r ON r.standingTipId = t.id
     WHERE t.state = 'concluded' AND t.finding IN ('true', 'partly') AND t.isNamed = 1 AND r.id IS NULL AND ${others.sql} ${later}
     ORDER BY t.endedOn DESC, t.id DESC LIMIT ${limit}`,
    [...others.params, ...(after ? [after.concludedOn, after.concludedOn, after.tipId] : [])],
  )) as { id: string }[]
  const matters = await mattersOf(
    db,
    found.map(({ id }) => id),
  )
  return found.flatMap(({ id }) => matters.get(id) ?? [])
}

/** Where a page ended. */
export interface Position {
  concludedOn: string
  tipId: string
}

async function mattersFrom(db: EntityManager, tips: readonly Tip[]): Promise<Matter[]> {
  const firsts = tips.flatMap(({ sameMatterId }) => sameMatterId ?? [])
  const numbers = new Map(
    firsts.length === 0
      ? []
      : (await db.find(Tip, { select: { id: true, number: true }, where: { id: In(firsts) } })).map(
          ({ id, number }) => [id, number] as const,
        ),
  )
  return tips.map((tip) => ({
    tipId: tip.id,
    number: tip.number,
    firmName: tip.firmName,
    state: tip.state,
    finding: tip.finding,
    isNamed: tip.isNamed,
    wantsReward: tip.wantsReward,
    concludedOn: tip.endedOn,
    decision: decisionOf(tip),
    facts: tip.facts,
    sameMatterAs: tip.sameMatterId === null ? null : (numbers.get(tip.sameMatterId) ?? '另一件举报'),
    handlers: [
      ...(tip.verifiedByPostId === null ? [] : [{ postId: tip.verifiedByPostId, personId: tip.verifiedBy }]),
      ...(tip.concludedByPostId === null ? [] : [{ postId: tip.concludedByPostId, personId: tip.concludedBy }]),
    ],
  }))
}

function decisionOf({ decision, decisionNumber }: Tip): string | null {
  if (decision === null) return null
  const name = words.tipDecisions[decision]
  return decisionNumber === null ? name : `${name} ${decisionNumber}`
}
