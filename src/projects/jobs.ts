/** Telling officials which projects they look after, and firms who looks after theirs and where it stands. */
import { AuditEntry } from '../audit/auditEntry.js'
import { type AnyJob, job } from '../audit/jobKind.js'
import type { Changes } from '../audit/trail.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { type Place, places } from './appoint.js'
import { membersOf } from './firmMembers.js'
import { Project } from './project.js'
import { arrival, type Stage } from './stages.js'

interface OfProject {
  projectId: string
  /** The version that is told of: of each change once. */
  version: number
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
}
