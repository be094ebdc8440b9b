/** What the trail and the jobs must not tell their reader: complaints about them, and what hangs on those. */
import { type EntityManager, In } from 'typeorm'
import type { Grant } from '../people/actor.js'
import { aboutOf, isKeptFrom } from './accused.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'

/** Those of the ids that name a case, a rectification or a rejection kept from whoever holds the grant. */
export async function keptSubjects(
  db: EntityManager,
  grant: Pick<Grant, 'ownPostIds' | 'ownUnitIds'> | undefined,
  ids: readonly string[],
): Promise<Set<string>> {
  if (grant === undefined || ids.length === 0 || grant.ownPostIds.length === 0) return new Set()
  const id = In([...new Set(ids)])
  const rectifications = await db.find(Rectification, {
    select: { id: true, caseId: true, ratedPostId: true },
    where: { id },
  })
  const rejections = await db.find(Rejection, { select: { id: true, caseId: true }, where: { id } })
  const caseIds = [...rectifications, ...rejections].flatMap((row) => row.caseId ?? [])
  const about = await aboutOf(db, [...new Set([...ids, ...caseIds])])
  const isKept = (caseId: string | null) => {
    const one = about.get(caseId ?? '')
    return one !== undefined && isKeptFrom(grant, one)
  }
  // 差评由被评价人以外的人处理: the rated learn no more of it than of a complaint.
  const isRated = ({ ratedPostId }: Rectification) => ratedPostId !== null && grant.ownPostIds.includes(ratedPostId)
  return new Set([
    ...ids.filter(isKept),
    ...rectifications.filter((row) => isRated(row) || isKept(row.caseId)).map((row) => row.id),
    ...rejections.filter((row) => isKept(row.caseId)).map((row) => row.id),
  ])
}
