/** Approvals join their month's list by themselves; whoever is to hand it over, and to acknowledge it, is told. */
import { type EntityManager, LessThan } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { addDays, dateOf } from '../calendar/dates.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { HandoverList } from './handoverList.js'
import { ENFORCEMENT } from '../people/unit.js'
import { type Approval, join, leave, monthOf } from './join.js'
import { loadHandover } from './target.js'

interface OfList {
  listId: string
}

const monthWords = (month: string) => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`

/** The approval office's own. */
const senders = async (db: EntityManager) =>
  (
    await db.findBy(Post, [
      { role: 'supervisor', isActive: true },
      { role: 'clerk', isActive: true },
    ])
  ).map(({ id }) => id)

/** Of 市执法队 everybody who may acknowledge, of a branch its leaders. */
const receiversOf = async (db: EntityManager, unitId: string) =>
  (
    await db.findBy(Post, [
      { unitId, role: 'leader', isActive: true },
      ...(unitId === ENFORCEMENT ? [{ unitId, role: 'officer' as const, isActive: true }] : []),
    ])
  ).map(({ id }) => id)

export const handoverJobs: Readonly<Record<string, AnyJob>> = {
  'handover.join': job<Approval>({
    handle: ({ db, payload }) => join(db, payload),
  }),
  'handover.leave': job<{ projectId: string; on: string }>({
    handle: ({ db, payload: { projectId, on } }) => leave(db, projectId, on),
  }),
  /** Runs every working day and speaks on the first of the month: 上月清单要移交. */
  'handover.remind': job<{ day: string }>({
    async handle({ db, know, now, payload }) {
      const month = monthOf(payload.day)
      if (know.calendar.workdayAfter(`${month}-01`, 0) !== payload.day) return
      for (const list of await db.findBy(HandoverList, { state: 'open', month: LessThan(month) })) {
        await tell(db, know, now, {
          postIds: await senders(db),
          subjectKind: 'handover',
          subjectId: list.id,
          title: `${monthWords(list.month)}的环评审批清单还没有移交执法`,
          text: '请核对后移交。',
          uniqueKey: `handover.toSend:${list.id}:${payload.day}`,
        })
      }
    },
  }),
  'handover.tellSent': job<OfList>({
    async handle({ db, know, now, payload: { listId } }) {
      const list = await loadHandover(db, listId, false)
      if (!list || list.state === 'open') return
      for (const unitId of list.unitIds) {
        await tell(db, know, now, {
          postIds: await receiversOf(db, unitId),
          subjectKind: 'handover',
          subjectId: listId,
          title: `${monthWords(list.month)}的环评审批清单已移交，请签收`,
          text: '打开清单看项目，签收时可以逐条备注。',
          uniqueKey: `handover.sent:${listId}:${unitId}`,
        })
      }
    },
  }),
  'handover.tellAcknowledged': job<OfList>({
    async handle({ db, know, now, payload: { listId } }) {
      const list = await loadHandover(db, listId, false)
      if (list?.state !== 'acknowledged') return
      await tell(db, know, now, {
        postIds: list.sentByPostId === null ? await senders(db) : [list.sentByPostId],
        subjectKind: 'handover',
        subjectId: listId,
        title: `${monthWords(list.month)}的环评审批清单都签收了`,
        text: `最后一个签收在${dateOf(now)}。`,
        uniqueKey: `handover.acknowledged:${listId}`,
      })
    },
  }),
}

/** A ledger that takes over old approvals does not hand them over anew: of this month and the last only. */
export const isRecent = (on: string, now: Date): boolean =>
  monthOf(on) >= monthOf(addDays(`${monthOf(dateOf(now))}-01`, -1))
