/** What comes of a meeting: an issue in a project's ledger or a case, and decisions; each entered once by its own id. */
import { type EntityManager, In } from 'typeorm'
import { create } from '../audit/trail.js'
import type { Rules } from '../cases/clock.js'
import { openCase } from '../cases/open.js'
import type { Input } from '../contract.js'
import { Post } from '../people/post.js'
import { Problem } from '../problem.js'
import { forUpdate } from '../database/transaction.js'
import { Project } from '../projects/project.js'
import { raiseIssue } from '../projects/raiseIssue.js'
import { Decision } from './decision.js'
import { type Meeting, MeetingIssue } from './meeting.js'

type Record = Input<'meeting.record'>
type Issue = Record['issues'][number]
type Agreed = Record['decisions'][number]

interface Writing {
  db: EntityManager
  know: Rules
  now: Date
  meeting: Meeting
  postId: string | null
}

const TITLE_LENGTH = 40

function titleOf(text: string): string {
  const characters = Array.from(text.split('\n', 1)[0]?.replaceAll('\t', ' ') ?? '')
  return characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH - 1).join('')}…` : characters.join('')
}

const refusal = (path: string, message: string) => new Problem('invalid', { errors: [{ path, message }] })

/** Those not there yet are entered; those that are must be as they were: what was entered is followed up elsewhere. */
export async function enterIssues(writing: Writing, issues: readonly Issue[]): Promise<void> {
  const { db, meeting } = writing
  const known = new Map(
    (issues.length === 0 ? [] : await db.findBy(MeetingIssue, { id: In(issues.map(({ id }) => id)) })).map((row) => [
      row.id,
      row,
    ]),
  )
  for (const [index, issue] of issues.entries()) {
    const before = known.get(issue.id)
    if (before === undefined) await enterIssue(writing, issue, index)
    else if (before.meetingId !== meeting.id) throw new Problem('conflict')
    else if (!isSameIssue(before, issue)) {
      throw refusal(`issues.${index}.text`, '这个问题已经登记办理，不能再改；有新情况请另写一条')
    }
  }
}

const isSameIssue = (row: MeetingIssue, { text, way, projectId, category }: Issue) =>
  row.text === text && row.way === way && row.projectId === (projectId ?? null) && row.category === (category ?? null)

async function enterIssue({ db, know, now, meeting, postId }: Writing, issue: Issue, index: number): Promise<void> {
  const { id, text, way, districtCode } = issue
  const projectId = issue.projectId ?? null
  const category = issue.category ?? null
  const lock = forUpdate(db)
  const project =
    projectId === null ? null : await db.findOne(Project, { where: { id: projectId }, ...(lock ? { lock } : {}) })
  if (projectId !== null && !project) throw refusal(`issues.${index}.projectId`, '这个项目不在台账里')
  const raised = { measures: null, responsiblePostId: project?.officerPostId ?? null, responsibleUnitId: null }
  const entered =
    way === 'ledger' && project
      ? await raiseIssue(db, project, { text, ...raised, openedOn: meeting.onDate }, now)
      : null
  const opened =
    way === 'case' && category !== null
      ? await openCase(db, know, now, {
          source: 'meeting',
          category,
          title: titleOf(text),
          text: `${text}\n（${meeting.onDate}项目推进会上提出）`,
          enterpriseId: project?.enterpriseId ?? null,
          projectId,
          guideId: null,
          districtCode: districtCode ?? project?.districtCode ?? null,
          visitId: null,
          createdBy: null,
          postId,
          review: 'passed',
          project,
        })
      : null
  await db.insert(MeetingIssue, {
    id,
    meetingId: meeting.id,
    text,
    way,
    raisedOn: meeting.onDate,
    category,
    projectId,
    projectIssueId: entered?.id ?? null,
    caseId: opened?.id ?? null,
  })
}

export async function enterDecisions(writing: Writing, decisions: readonly Agreed[]): Promise<void> {
  const { db, meeting } = writing
  const known = new Map(
    (decisions.length === 0 ? [] : await db.findBy(Decision, { id: In(decisions.map(({ id }) => id)) })).map((row) => [
      row.id,
      row,
    ]),
  )
  for (const [index, decision] of decisions.entries()) {
    const before = known.get(decision.id)
    if (before === undefined) await enterDecision(writing, decision, index)
    else if (before.meetingId !== meeting.id) throw new Problem('conflict')
    else if (!isSameDecision(before, decision)) {
      throw refusal(`decisions.${index}.text`, '这件事已经交办，不能再改；有变化请另写一条')
    }
  }
}

const isSameDecision = (row: Decision, { text, responsiblePostId, dueOn, projectId }: Agreed) =>
  row.text === text &&
  row.responsiblePostId === responsiblePostId &&
  row.dueOn === dueOn &&
  row.projectId === (projectId ?? null)

async function enterDecision({ db, meeting }: Writing, decision: Agreed, index: number): Promise<void> {
  const { id, text, responsiblePostId, dueOn } = decision
  const projectId = decision.projectId ?? null
  const post = await db.findOneBy(Post, { id: responsiblePostId, isActive: true })
  if (!post) throw refusal(`decisions.${index}.responsiblePostId`, '没有这个岗位，或已停用')
  if (dueOn < meeting.onDate) throw refusal(`decisions.${index}.dueOn`, '期限不能早于开会那天')
  if (projectId !== null && !(await db.existsBy(Project, { id: projectId }))) {
    throw refusal(`decisions.${index}.projectId`, '这个项目不在台账里')
  }
  await create(db, Decision, {
    id,
    meetingId: meeting.id,
    unitId: meeting.unitId,
    text,
    projectId,
    responsiblePostId,
    dueOn,
    state: 'open',
    reportedOn: null,
    closedOn: null,
    closedByPostId: null,
    madeOn: meeting.onDate,
  })
}
