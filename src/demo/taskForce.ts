/** The task forces and their meetings, the lists handed over, and what the expert group was asked, in the demonstration. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { HelpCase } from '../cases/helpCase.js'
import { assist } from '../cases/steps.js'
import type { Ground, Seed } from '../database/seed.js'
import { idAt } from '../database/idAt.js'
import { proposeQuestion } from '../guides/proposeQuestion.js'
import { HandoverList, HandoverReceipt } from '../handovers/handoverList.js'
import { join, monthOf } from '../handovers/join.js'
import { withReceivers } from '../handovers/receivers.js'
import { ENFORCEMENT } from '../people/unit.js'
import { Post } from '../people/post.js'
import { ProjectStage } from '../projects/projectStage.js'
import { Project } from '../projects/project.js'
import { Decision, DecisionWord } from '../taskForce/decision.js'
import { Meeting, MeetingAttendance, MeetingProject } from '../taskForce/meeting.js'
import { enterDecisions, enterIssues } from '../taskForce/outcome.js'
import { Team, TeamMember } from '../taskForce/team.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'
import { SETTLED_DAYS_AGO } from './people.js'
import { readMeetings } from './texts.js'

const APPROVAL = 'approval'
const TIEXI = 'tiexi'
/** Talked about at a meeting. */
const PROJECTS = 3

type Told = ReturnType<typeof readMeetings>
type Held = Told['meetings'][number]

export const seedDemoTaskForce: Seed = {
  name: 'demo.taskForce',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    const told = readMeetings(ground)
    const teams = await layTeams(db, ground, cast)
    for (const held of told.meetings) await layHeld(db, ground, { cast, told, held, team: teams.get(held.team) })
    await layPlanned(db, ground, cast, told, teams.get(told.planned.team))
    await layHandovers(db, ground, cast, told)
    await layExpertHelp(db, ground, cast, told)
  },
}

async function layTeams(db: EntityManager, ground: Ground, cast: Cast): Promise<Map<string, Team>> {
  const at = instantAt(addDays(dateOf(ground.now), -SETTLED_DAYS_AGO), '10:00')
  actAs(db, ground, { verb: 'team.save', at, personId: cast.clerk.personId, postId: cast.clerk.id })
  const teams = new Map<string, Team>()
  const lay = async (unitId: string, level: Team['level'], name: string, posts: readonly (Post | undefined)[]) => {
    const team = await create(db, Team, { id: idAt(at), level, unitId, name, isActive: true })
    teams.set(unitId, team)
    for (const [index, post] of posts.entries()) {
      const duty = index === 0 ? ('head' as const) : ('member' as const)
      if (post) await db.insert(TeamMember, { id: idAt(at), teamId: team.id, postId: post.id, duty })
    }
  }
  const city = [cast.cityLeader, cast.supervisor, ...cast.officersOf(APPROVAL)]
  await lay(APPROVAL, 'city', '市局重大项目环评审批服务保障工作专班', city)
  for (const unit of [...cast.units.values()].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    if (unit.kind !== 'branch') continue
    const name = `${unit.name}环评审批服务工作专班`
    await lay(unit.id, 'branch', name, [cast.leaderOf(unit.id), ...cast.officersOf(unit.id)])
  }
  return teams
}

const workdayBefore = ({ calendar, now }: Ground, daysAgo: number) =>
  calendar.workdayBefore(addDays(dateOf(now), -daysAgo), 0)

/** Who answers for what: the named, by their login. */
function answering(cast: Cast, login: string): Post {
  const officerOf = (name: string) => cast.officersOf(TIEXI).find(({ personId }) => personId === cast.person(name))
  const found = {
    supervisor: cast.supervisor,
    officer: officerOf('officer'),
    officer2: officerOf('officer2'),
    leader: cast.leaderOf(TIEXI),
  }[login]
  if (!found) throw new Error(`nobody answers as ${login}`)
  return found
}

interface Telling {
  cast: Cast
  told: Told
  held: Held
  team: Team | undefined
}

const projectsOf = (cast: Cast, unitId: string) =>
  cast.projects
    .filter(({ unitId: own, careEndedOn }) => careEndedOn === null && (unitId === APPROVAL || own === unitId))
    .slice(0, PROJECTS)

async function layHeld(db: EntityManager, ground: Ground, { cast, told, held, team }: Telling): Promise<void> {
  if (!team) throw new Error(`no team of ${held.team}`)
  const today = dateOf(ground.now)
  const onDate = workdayBefore(ground, held.daysAgo)
  const at = instantAt(onDate, '11:10')
  const keeper = held.team === APPROVAL ? cast.supervisor : answering(cast, 'leader')
  actAs(db, ground, { verb: 'meeting.record', at, personId: keeper.personId, postId: keeper.id })
  const meeting = await create(db, Meeting, {
    id: idAt(at),
    teamId: team.id,
    unitId: team.unitId,
    state: 'held',
    onDate,
    time: '09:30',
    place: held.place,
    topic: held.topic,
    summary: held.summary,
    cancelReason: null,
    plannedByPostId: keeper.id,
    recordedByPostId: keeper.id,
    recordedAt: at,
    createdAt: instantAt(addDays(onDate, -5), '10:00'),
  })
  const members = await db.find(TeamMember, { where: { teamId: team.id }, order: { id: 'ASC' } })
  for (const [index, { postId }] of members.entries()) {
    const isAbsent = index === members.length - 1
    const came = { isPresent: !isAbsent, excuse: isAbsent ? told.excuse : null }
    await db.insert(MeetingAttendance, { id: idAt(at), meetingId: meeting.id, postId, ...came })
  }
  const projects = projectsOf(cast, held.team)
  for (const { id: projectId } of projects) {
    await db.insert(MeetingProject, { id: idAt(at), meetingId: meeting.id, projectId })
  }
  const writing = { db, know: ground, now: at, meeting, postId: keeper.id }
  const projectId = projects[0]?.id
  await enterIssues(
    writing,
    held.issues.map((issue) => ({ id: uuid(), ...issue, ...(projectId && { projectId }) })),
  )
  for (const { text, to, dueInDays, state, said } of held.decisions) {
    const id = idAt(at)
    const post = answering(cast, to)
    const dueOn = ground.calendar.workdayAfter(addDays(today, dueInDays), 0)
    await enterDecisions(writing, [{ id, text, responsiblePostId: post.id, dueOn }])
    if (said === null) continue
    const reportedOn = ground.calendar.workdayBefore(addDays(today, Math.min(dueInDays, 0) - 1), 0)
    await layWords(db, ground, { cast, id, post, state, said, on: reportedOn, keeper })
  }
}

interface Said {
  cast: Cast
  id: string
  post: Post
  state: Decision['state']
  said: string
  on: string
  keeper: Post
}

async function layWords(
  db: EntityManager,
  ground: Ground,
  { cast, id, post, state, said, on, keeper }: Said,
): Promise<void> {
  const row = await db.findOneByOrFail(Decision, { id })
  const say = async (
    by: Post,
    verb: string,
    time: string,
    patch: Parameters<typeof change<Decision>>[3],
    word: Pick<DecisionWord, 'kind' | 'text'>,
  ) => {
    const at = instantAt(on, time)
    actAs(db, ground, { verb, at, personId: by.personId, postId: by.id })
    const wordId = idAt(at)
    await change(db, Decision, row, patch, { word: [null, { id: wordId, text: word.text }] })
    await db.insert(DecisionWord, { id: wordId, decisionId: id, ...word, postId: by.id, at })
  }
  const isDone = state !== 'open'
  const reported = isDone ? { state: 'reported' as const, reportedOn: on } : {}
  await say(post, 'decision.report', '15:10', reported, { kind: isDone ? 'done' : 'progress', text: said })
  if (state !== 'closed') return
  // Nobody closes what they answer for themselves.
  const by = keeper.id === post.id ? cast.cityLeader : keeper
  const closed = { state: 'closed' as const, closedOn: on, closedByPostId: by.id }
  await say(by, 'decision.close', '16:40', closed, { kind: 'closed', text: '同意核销' })
}

async function layPlanned(
  db: EntityManager,
  ground: Ground,
  cast: Cast,
  { planned }: Told,
  team: Team | undefined,
): Promise<void> {
  if (!team) throw new Error(`no team of ${planned.team}`)
  const at = instantAt(workdayBefore(ground, 1), '16:00')
  const leader = answering(cast, 'leader')
  actAs(db, ground, { verb: 'meeting.plan', at, personId: leader.personId, postId: leader.id })
  const meeting = await create(db, Meeting, {
    id: idAt(at),
    teamId: team.id,
    unitId: team.unitId,
    state: 'planned',
    onDate: ground.calendar.workdayAfter(addDays(dateOf(ground.now), planned.inDays), 0),
    time: planned.time,
    place: planned.place,
    topic: planned.topic,
    summary: null,
    cancelReason: null,
    plannedByPostId: leader.id,
    recordedByPostId: null,
    recordedAt: null,
    createdAt: at,
  })
  for (const { postId } of await db.find(TeamMember, { where: { teamId: team.id }, order: { id: 'ASC' } })) {
    await db.insert(MeetingAttendance, { id: idAt(at), meetingId: meeting.id, postId, isPresent: null, excuse: null })
  }
  for (const { id: projectId } of projectsOf(cast, planned.team)) {
    await db.insert(MeetingProject, { id: idAt(at), meetingId: meeting.id, projectId })
  }
}

/** Each approval on the list of its month; the last month's handed over and not acknowledged by all, older ones done. */
async function layHandovers(db: EntityManager, ground: Ground, cast: Cast, { remark }: Told): Promise<void> {
  const steps = await db.find(ProjectStage, { where: { stage: 'approved' }, order: { stageOn: 'ASC', id: 'ASC' } })
  for (const { projectId, stageOn, at } of steps) {
    const { version } = await db.findOneByOrFail(Project, { id: projectId })
    actAs(db, ground, { verb: 'handover.join', at })
    await join(db, { projectId, version, on: stageOn })
  }
  const thisMonth = monthOf(dateOf(ground.now))
  const lists = await db.find(HandoverList, { order: { month: 'ASC' } })
  const past = await withReceivers(
    db,
    lists.filter(({ month }) => month < thisMonth),
  )
  for (const row of past) {
    const first = addDays(`${row.month}-28`, 4)
    const sentAt = instantAt(ground.calendar.workdayAfter(`${monthOf(first)}-01`, 0), '10:20')
    if (sentAt > ground.now) continue
    const { clerk } = cast
    actAs(db, ground, { verb: 'handover.send', at: sentAt, personId: clerk.personId, postId: clerk.id })
    await change(db, HandoverList, row as HandoverList, { state: 'sent', sentAt, sentByPostId: clerk.id })
    if (row === past.at(-1)) continue
    const acknowledgedAt = instantAt(ground.calendar.workdayAfter(dateOf(sentAt), 2), '14:30')
    for (const unitId of row.unitIds) {
      const post = unitId === ENFORCEMENT ? cast.officersOf(unitId)[0] : cast.leaderOf(unitId)
      if (!post) throw new Error(`${unitId} has nobody to acknowledge`)
      actAs(db, ground, { verb: 'handover.acknowledge', at: acknowledgedAt, personId: post.personId, postId: post.id })
      const remarks = unitId === ENFORCEMENT ? await remarksOn(db, row.id, remark) : []
      const receipt = { id: idAt(acknowledgedAt), listId: row.id, unitId, postId: post.id, at: acknowledgedAt, remarks }
      await create(db, HandoverReceipt, receipt)
      const isLast = unitId === row.unitIds.at(-1)
      const state = isLast ? ('acknowledged' as const) : row.state
      await change(db, HandoverList, row as HandoverList, { state }, { acknowledged: [null, unitId] })
    }
  }
}

async function remarksOn(db: EntityManager, listId: string, text: string) {
  const [line] = (await db.query('SELECT id FROM handover_line WHERE listId = ? ORDER BY id LIMIT 1', [listId])) as {
    id: string
  }[]
  return line ? [{ lineId: line.id, text }] : []
}

/** One of the officer's cases is with the expert group; what another was told is proposed for a guide. */
async function layExpertHelp(db: EntityManager, ground: Ground, cast: Cast, told: Told): Promise<void> {
  const officer = answering(cast, 'officer')
  const inHand = await db.find(HelpCase, {
    where: { officerPostId: officer.id, state: 'handling', category: 'assessment' },
    order: { createdAt: 'DESC', title: 'ASC' },
  })
  const group = cast.units.get('expertGroup')
  const own = { officerPostId: officer.id, state: 'handling' as const }
  const any = await db.find(HelpCase, { where: own, order: { createdAt: 'DESC', title: 'ASC' } })
  const row = [...inHand, ...any].find(({ category }) => category !== 'complaint')
  if (!row || !group) throw new Error('nothing to ask the expert group')
  const at = instantAt(workdayBefore(ground, 1), '15:40')
  const askedAt = at > row.createdAt ? at : ground.now
  actAs(db, ground, { verb: 'case.assist', at: askedAt, personId: officer.personId, postId: officer.id })
  const step = { db, know: ground, now: askedAt, target: row, actor: { personId: officer.personId } }
  await assist({ ...step, grants: [{ postId: officer.id }] }, group, told.assist)

  const answered = await db.find(HelpCase, {
    where: { officerPostId: officer.id, state: 'answered' },
    order: { createdAt: 'DESC', title: 'ASC' },
  })
  const source = answered.find(({ category }) => category !== 'complaint')
  const guideId = cast.guides.get(told.question.guide)
  if (!source || !guideId) throw new Error('nothing to propose for a guide')
  const { question, answer } = told.question
  actAs(db, ground, { verb: 'case.proposeQuestion', at: askedAt, personId: officer.personId, postId: officer.id })
  const proposal = { guideId, caseId: source.id, caseNumber: source.number, question, answer, postId: officer.id }
  await proposeQuestion(db, { ...proposal, personal: [] }, askedAt)
}
