/** Who comes to a meeting, and which projects it talks about: checked, and written beside it. */
import { type EntityManager, In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { Post } from '../people/post.js'
import { invalid } from '../problem.js'
import { Project } from '../projects/project.js'
import { MeetingAttendance, MeetingProject } from './meeting.js'

export async function checkPosts(db: EntityManager, path: string, postIds: readonly string[]): Promise<void> {
  const distinct = [...new Set(postIds)]
  const found = distinct.length === 0 ? 0 : await db.countBy(Post, { id: In(distinct), isActive: true })
  if (found !== distinct.length) throw invalid(path, '有人的岗位不在名册上，或已停用')
}

export async function checkProjects(db: EntityManager, projectIds: readonly string[]): Promise<void> {
  const found = projectIds.length === 0 ? 0 : await db.countBy(Project, { id: In([...projectIds]) })
  if (found !== projectIds.length) throw invalid('projectIds', '有项目不在台账里')
}

/** Those invited, and nobody else. */
export async function invite(db: EntityManager, meetingId: string, postIds: readonly string[]): Promise<void> {
  await db.delete(MeetingAttendance, { meetingId })
  await db.insert(
    MeetingAttendance,
    postIds.map((postId) => ({ id: uuid(), meetingId, postId, isPresent: null, excuse: null })),
  )
}

export async function talkAbout(db: EntityManager, meetingId: string, projectIds: readonly string[]): Promise<void> {
  await db.delete(MeetingProject, { meetingId })
  if (projectIds.length === 0) return
  await db.insert(
    MeetingProject,
    projectIds.map((projectId) => ({ id: uuid(), meetingId, projectId })),
  )
}
