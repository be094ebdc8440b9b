/** Who is asking: the person behind a token, read anew at every request, so that a post taken away counts at once. */
import type { EntityManager } from 'typeorm'
import { instantParam, readInstant } from '../database/instants.js'
import type { Scope, StaffRole } from './roles.js'

/** A post the person holds today, with those it stands in for. */
export interface Holding {
  postId: string
  role: StaffRole
  unitId: string
  absentPostIds: string[]
}

export interface Actor {
  personId: string | null
  sessionId: string | null
  /** The last login, which WeChat counts as a visit. */
  seenAt: Date | null
  holdings: Holding[]
  /** Posts of the person that rest: they grant nothing, but what is about them is still about the person. */
  formerPostIds: string[]
  /** Enterprises of which the person is a verified member. */
  enterpriseIds: string[]
}

/** One role's reach over a verb, with what its scope needs to be judged. */
export interface Grant {
  scope: Scope
  role: 'anyone' | 'enterprise' | StaffRole
  personId: string | null
  enterpriseIds: string[]
  /** All posts of the person, the resting ones too: a complaint about one is kept from all. */
  ownPostIds: string[]
  ownUnitIds: string[]
  postId: string | null
  unitId: string | null
  absentPostIds: string[]
}

export const nobody: Actor = {
  personId: null,
  sessionId: null,
  seenAt: null,
  holdings: [],
  formerPostIds: [],
  enterpriseIds: [],
}

interface PostRow {
  postId: string
  role: StaffRole
  unitId: string
  isActive: number
  absentPostId: string | null
}

type ActorRow = { [field in keyof PostRow]: PostRow[field] | null } & {
  sessionId: string | null
  personId: string
  seenAt: Date | string | null
  enterpriseId: string | null
}

/** The actor of a token's hash, or null when no valid session has it. `today` is the day in Asia/Shanghai. */
export async function loadActor(db: EntityManager, tokenHash: string, now: Date, today: string): Promise<Actor | null> {
  // One statement for everybody who asks: the session once for each post (and its absence), once for each firm.
  const rows = (await db.query(
    `SELECT s.id AS sessionId, s.personId, p.seenAt, o.id AS postId, o.role, o.unitId, o.isActive, a.postId AS absentPostId,
       NULL AS enterpriseId
     FROM session s JOIN person p ON p.id = s.personId
     LEFT JOIN post o ON o.personId = s.personId
     LEFT JOIN absence a ON a.standInPostId = o.id AND a.isCancelled = 0 AND a.fromOn <= ? AND a.toOn >= ?
     WHERE s.tokenHash = ? AND s.revokedAt IS NULL AND s.expiresAt > ? AND p.erasedAt IS NULL
     UNION ALL
     SELECT s.id, s.personId, NULL, NULL, NULL, NULL, NULL, NULL, m.enterpriseId
     FROM session s JOIN membership m ON m.personId = s.personId AND m.state = 'verified' WHERE s.tokenHash = ?
     ORDER BY postId, absentPostId, enterpriseId`,
    [today, today, tokenHash, instantParam(db, now), tokenHash],
  )) as ActorRow[]
  return actorFrom(db, rows, today)
}

/** The same for a person on whose behalf something is done while they are away; null once they were erased. */
export async function loadActorOf(db: EntityManager, personId: string, today: string): Promise<Actor | null> {
  const rows = (await db.query(
    `SELECT NULL AS sessionId, p.id AS personId, p.seenAt, o.id AS postId, o.role, o.unitId, o.isActive,
       a.postId AS absentPostId, NULL AS enterpriseId
     FROM person p LEFT JOIN post o ON o.personId = p.id
     LEFT JOIN absence a ON a.standInPostId = o.id AND a.isCancelled = 0 AND a.fromOn <= ? AND a.toOn >= ?
     WHERE p.id = ? AND p.erasedAt IS NULL
     UNION ALL
     SELECT NULL, m.personId, NULL, NULL, NULL, NULL, NULL, NULL, m.enterpriseId
     FROM membership m WHERE m.personId = ? AND m.state = 'verified'
     ORDER BY postId, absentPostId, enterpriseId`,
    [today, today, personId, personId],
  )) as ActorRow[]
  return actorFrom(db, rows, today)
}

async function actorFrom(db: EntityManager, rows: readonly ActorRow[], today: string): Promise<Actor | null> {
  const self = rows.find(({ enterpriseId }) => enterpriseId === null)
  if (!self) return null
  const posts = rows.filter((row): row is ActorRow & PostRow => row.postId !== null)
  const holdings = new Map<string, Holding>()
  const formerPostIds = new Set<string>()
  for (const { postId, role, unitId, isActive, absentPostId } of posts) {
    if (Number(isActive) === 0) {
      formerPostIds.add(postId)
      continue
    }
    const holding = holdings.get(postId) ?? { postId, role, unitId, absentPostIds: [] }
    if (absentPostId) holding.absentPostIds.push(absentPostId)
    holdings.set(postId, holding)
  }
  for (const holding of holdings.values()) await followChain(db, holding, today)
  return {
    personId: self.personId,
    sessionId: self.sessionId,
    seenAt: readInstant(self.seenAt),
    holdings: [...holdings.values()],
    formerPostIds: [...formerPostIds],
    enterpriseIds: rows.flatMap(({ enterpriseId }) => enterpriseId ?? []),
  }
}

/** Whoever stands in for somebody who stands in takes over both: nothing is stranded with two people away. */
async function followChain(db: EntityManager, holding: Holding, today: string): Promise<void> {
  let newest = holding.absentPostIds
  while (newest.length > 0) {
    const known = new Set([holding.postId, ...holding.absentPostIds])
    const rows = (await db.query(
      `SELECT postId FROM absence WHERE isCancelled = 0 AND fromOn <= ? AND toOn >= ?
       AND standInPostId IN (${newest.map(() => '?').join(', ')})`,
      [today, today, ...newest],
    )) as { postId: string }[]
    newest = [...new Set(rows.map((row) => row.postId))].filter((id) => !known.has(id))
    holding.absentPostIds.push(...newest)
  }
}
