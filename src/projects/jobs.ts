/** Telling officials which projects they look after, firms who looks after theirs and where it stands; and the deadlines of an approval. */
import { AuditEntry } from '../audit/auditEntry.js'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import type { Changes } from '../audit/trail.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { sound, soundAll } from './alarms.js'
import { type Place, places } from './appoint.js'
import { refreshKept } from './approvalRow.js'
import { clockOf, pausedStages, runningStages } from './approvalRules.js'
import { membersOf } from './firmMembers.js'
import { Project } from './project.js'
import { arrival, type Stage, stages } from './stages.js'

interface OfProject {
  projectId: string
  /** The version that is told of: of each change once. */
  version: number
}

/** Goes on after this id. */
interface Slice {
  after?: string
}

/** 三级包保: what each of the three is called. */
const placeNames: Readonly<Record<Place, string>> = {
  officerPostId: '包保服务专员',
  branchLeaderPostId: '包保分局领导',
  cityLeaderPostId: '包保市局领导',
}

export const projectJobs: Readonly<Record<string, AnyJob>> = {
  'project.tellAssigned': job<OfProject>({
    async handle({ db, know, now, payload: { projectId, version } }) {
      const project = await db.findOneBy(Project, { id: projectId })
      const entry = await db.findOneBy(AuditEntry, {
        subjectKind: Project.trail.kind,
        subjectId: projectId,
        seq: version,
      })
      if (!project || !entry) return
      const changes = JSON.parse(entry.changes) as Changes
      const about = { subjectKind: 'project' as const, subjectId: projectId }
      for (const place of places) {
        const postId = changes[place]?.[1] as string | null | undefined
        if (!postId) continue
        await tell(db, know, now, {
          ...about,
          postIds: [postId],
          title: `您成为《${project.name}》的${placeNames[place]}`,
          text: `建设单位：${project.builderName}。请在“我的项目”里查看。`,
          uniqueKey: `project.assigned:${projectId}:${version}:${place}`,
        })
      }
      const officerPostId = changes['officerPostId']?.[1] as string | null | undefined
      const officer = officerPostId ? await db.findOneBy(Post, { id: officerPostId }) : null
      if (!officer || project.enterpriseId === null) return
      await tell(db, know, now, {
        ...about,
        personIds: await membersOf(db, [project.enterpriseId]),
        title: `您的项目的包保服务专员是${officer.name}`,
        text: `《${project.name}》的包保服务专员是${officer.name}${officer.workPhone === null ? '' : `，电话${officer.workPhone}`}。`,
        uniqueKey: `project.officer:${projectId}:${version}`,
      })
    },
  }),
  'project.tellAdvanced': job<OfProject & { stage: Stage; on: string; isBack: boolean }>({
    async handle({ db, know, now, payload: { projectId, version, stage, on, isBack } }) {
      const project = await db.findOneBy(Project, { id: projectId })
      if (!project || project.enterpriseId === null) return
      await tell(db, know, now, {
        personIds: await membersOf(db, [project.enterpriseId]),
        subjectKind: 'project',
        subjectId: projectId,
        title: arrival(stage, isBack),
        text: `《${project.name}》，${on}。`,
        uniqueKey: `project.advanced:${projectId}:${version}`,
      })
    },
  }),

  /** 到承诺期限、法定期限前提醒，逾期报分局领导和市局. */
  'project.remind': job<Slice>({
    async handle({ db, know, now, payload }) {
      const after = await soundAll(db, know, now, payload.after)
      if (after !== undefined) await enqueue(db, [{ kind: 'project.remind', payload: { after } }], now)
    },
  }),
  /** Taken up again with little time left, nobody waits for the next morning. */
  'project.remindOne': job<{ projectId: string }>({
    async handle({ db, know, now, payload: { projectId } }) {
      const project = await db.findOneBy(Project, { id: projectId })
      if (project) await sound(db, know, now, project)
    },
  }),
  /** While the clock stands still the deadlines move with each day; what an upgrade left empty is filled in. */
  'project.refreshClocks': job<Slice>({
    async handle({ db, know, now, payload }) {
      const { approval } = know
      const decided = stages.filter((stage) => clockOf(approval, stage) === 'decide')
      const open = [...runningStages(approval), ...pausedStages(approval)]
      const after = await refreshKept(db, know, now, open, decided, payload.after)
      if (after !== undefined) await enqueue(db, [{ kind: 'project.refreshClocks', payload: { after } }], now)
    },
  }),
  /** The calendar of a year has been announced: every deadline is counted again. */
  'project.recompute': job<Record<string, unknown>, true, void>({
    claim: async () => true,
    // Another process imported it, perhaps a moment ago: count by the new one.
    outside: ({ house }) => house.refresh(['calendar']),
    handle: ({ db, now }) => enqueue(db, [{ kind: 'project.refreshClocks', payload: {} }], now),
  }),
}
