/** Tells who decides that somebody wants to join a firm, and that somebody what was decided. */
import type { EntityManager } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { Enterprise } from '../people/enterprise.js'
import { memberTarget } from '../people/memberTarget.js'
import { Post } from '../people/post.js'
import { tell } from './tell.js'

interface Payload {
  membershipId: string
  /** The membership's version after the event: tells one asking from the next. */
  version: number
  at: string
}

async function about(db: EntityManager, membershipId: string) {
  const membership = await memberTarget.load(db, membershipId, false)
  const firm = membership && (await db.findOneBy(Enterprise, { id: membership.enterpriseId }))
  return firm ? { membership, firm } : undefined
}

export const membershipNoticeJobs: Readonly<Record<string, AnyJob>> = {
  'notice.memberJoined': job<Payload>({
    async handle({ db, payload, know, now }) {
      const found = await about(db, payload.membershipId)
      if (found?.membership.state !== 'pending') return
      const clerks = await db.find(Post, { select: { id: true }, where: { role: 'clerk', isActive: true } })
      await tell(db, know, now, {
        postIds: [...clerks.map(({ id }) => id), ...found.membership.projectPostIds],
        subjectKind: 'membership',
        subjectId: payload.membershipId,
        title: '有人申请加入企业',
        text: `有人申请加入「${found.firm.name}」，请核实。`,
        uniqueKey: `membership.joined:${payload.membershipId}:${payload.version}`,
      })
    },
  }),
  'notice.memberDecided': job<Payload>({
    async handle({ db, payload, know, now }) {
      const found = await about(db, payload.membershipId)
      // Decided anew or left meanwhile: what is no longer so is not told.
      if (found?.membership.version !== payload.version) return
      const { membership, firm } = found
      const isMember = membership.state === 'verified'
      await tell(db, know, now, {
        template: 'membershipVerified',
        personIds: [membership.personId],
        subjectKind: 'membership',
        subjectId: payload.membershipId,
        title: isMember ? '您已通过企业成员核实' : '企业成员核实未通过',
        text: isMember
          ? `您已是「${firm.name}」的成员，可以代表企业提交诉求、查看项目进展。`
          : `您加入「${firm.name}」的申请没有通过核实。如有疑问，请联系项目的包保服务专员。`,
        values: { enterprise: firm.name, result: isMember ? '已通过' : '未通过', decidedAt: payload.at },
        uniqueKey: `membership.decided:${payload.membershipId}:${payload.version}`,
      })
    },
  }),
}
