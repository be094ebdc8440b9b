/** What an enterprise does with a case: ask, add, urge, withdraw, close, reopen. */
import { type EntityManager, IsNull, Not } from 'typeorm'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import { rowBy, rowsBy, type Sought } from '../../database/rows.js'
import { Guide } from '../../guides/guide.js'
import { grantFor, grantsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { isOver, Membership } from '../../people/membership.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import type { Project } from '../../projects/project.js'
import { projectTarget } from '../../projects/target.js'
import { HelpCase } from '../helpCase.js'
import { move } from '../move.js'
import { findRoute, openWithEntry } from '../open.js'
import { likelySame } from '../similar.js'
import { openStates } from '../states.js'
import { close, reopen, urge, withdraw } from '../steps.js'
import { caseTarget } from '../target.js'
import { caseView, mayReopen, mayUrge } from '../view.js'

/** More than anybody has open at once. */
const OPEN_AT_MOST = 500
/** The latest are held against the draft. */
const COMPARED = 50

export const enterpriseVerbs = {
  'case.submit': serve('case.submit', {
    async handle({ db, actor, input, now, know }) {
      const { enterpriseId, project } = await placeOf(db, actor, input)
      if (input.guideId !== undefined && !(await isPublished(db, input.guideId))) {
        throw invalid('guideId', '没有这份指南，请重新选择')
      }
      const about = await aboutOf(db, input, project)
      const { row, entry } = await openWithEntry(db, know, now, {
        source: 'help',
        category: input.category,
        title: input.title,
        text: input.text,
        enterpriseId,
        projectId: project?.id ?? null,
        project,
        guideId: input.guideId ?? null,
        districtCode: input.districtCode ?? null,
        visitId: null,
        createdBy: actor.personId,
        askerPostIds: actor.holdings.map(({ postId }) => postId),
        fileIds: input.fileIds,
        ...about,
      })
      return caseView({ db, know, actor, now }, row, { entries: [entry], hasFiles: input.fileIds.length > 0 })
    },
  }),
  'case.similar': serve('case.similar', {
    async handle({ db, actor, input, grants }) {
      const { enterpriseId } = input
      const firms = actor.enterpriseIds.filter((id) => enterpriseId === undefined || id === enterpriseId)
      // Not in order: SQLite would walk all that was ever asked for the sake of it.
      const openOf = (sought: Sought<HelpCase>) =>
        rowsBy(db, HelpCase, { ...sought, state: openStates }, { atMost: OPEN_AT_MOST })
      const mine = await openOf({
        createdBy: actor.personId ?? '',
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
      })
      // What the content check has not passed is nobody's to read but its writer's.
      const theirs = await openOf({ enterpriseId: firms, review: 'passed' })
      const latest = [...new Map([...mine, ...theirs].map((row) => [row.id, row])).values()]
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, COMPARED)
      const open = latest.filter((row) => grantFor(grants, caseTarget.scopes, row) !== undefined)
      const items = likelySame(input, open).slice(0, 5)
      return {
        items: items.map(({ candidate: { id, number, title, state: current, createdAt }, likeness }) => ({
          id,
          number,
          title,
          state: current,
          createdAt: toWireInstant(createdAt),
          likeness: Math.round(likeness * 100) / 100,
        })),
      }
    },
  }),
  'case.supply': serve('case.supply', {
    target: caseTarget,
    async handle(call) {
      const { text, fileIds } = call.input
      await move({ ...call, verb: 'case.supply' }, {}, { text, fileIds })
      return caseView(call, call.target)
    },
  }),
  'case.urge': serve('case.urge', {
    target: caseTarget,
    async handle(call) {
      const today = dateOf(call.now)
      if (!mayUrge(call.target, call.know, today)) {
        throw new Problem('wrongState', { title: '每个工作日可以催办一次，今天已经催过了' })
      }
      await urge(call, { text: call.input.text })
      return caseView(call, call.target)
    },
  }),
  'case.withdraw': serve('case.withdraw', {
    target: caseTarget,
    async handle(call) {
      const { input, target } = call
      await withdraw(call, { text: input.text })
      return caseView(call, target)
    },
  }),
  'case.close': serve('case.close', {
    target: caseTarget,
    async handle(call) {
      await close(call)
      return caseView(call, call.target)
    },
  }),
  'case.reopen': serve('case.reopen', {
    target: caseTarget,
    async handle(call) {
      const { db, know, now, input, target } = call
      const today = dateOf(now)
      if (!mayReopen(target, know, today)) {
        throw new Problem('wrongState', { title: `办结已超过${know.deadlines.reopen.days}日，请提交新的诉求` })
      }
      const officer = target.officerPostId === null ? null : await db.findOneBy(Post, { id: target.officerPostId })
      const category = target.category as Input<'case.submit'>['category']
      const to = officer?.isActive
        ? { postId: officer.id, unitId: target.unitId }
        : await findRoute(db, { ...target, category }, today)
      await reopen(call, { officerPostId: to.postId, unitId: to.unitId }, { text: input.text })
      return caseView(call, target)
    },
  }),
}

type Submission = Input<'case.submit'>

/** The firm and project a request is for: only what the asker belongs to or can see. */
async function placeOf(db: EntityManager, actor: Actor, { enterpriseId, projectId }: Submission) {
  // Verified members are known by their actor, read for this request; the others are asked for.
  if (enterpriseId !== undefined && !actor.enterpriseIds.includes(enterpriseId)) {
    const tie = await rowBy(db, Membership, { personId: actor.personId ?? '', enterpriseId })
    if (!tie || isOver(tie.state)) throw invalid('enterpriseId', '您还没有加入这家企业')
  }
  if (projectId === undefined) return { enterpriseId: enterpriseId ?? null, project: null }
  const project = await projectTarget.load(db, projectId, false)
  const grants = grantsOf(actor, 'project.read').filter(({ role }) => role === 'enterprise')
  if (!project || !grantFor(grants, projectTarget.scopes, project)) throw invalid('projectId', '没有找到这个项目')
  if (enterpriseId !== undefined && project.enterpriseId !== enterpriseId) {
    throw invalid('projectId', '这个项目不是这家企业的')
  }
  return { enterpriseId: project.enterpriseId, project }
}

const isPublished = (db: EntityManager, id: string) => db.existsBy(Guide, { id, publishedVersionId: Not(IsNull()) })

/** Whom a complaint is about; on a project that is its officer, unless the asker says somebody else or nobody. */
async function aboutOf(db: EntityManager, given: Submission, project: Project | null) {
  const { category, aboutUnitId, aboutPostId, aboutNobody } = given
  if (category !== 'complaint') {
    if (aboutUnitId !== undefined) throw invalid('aboutUnitId', '只有投诉才填被投诉的单位')
    if (aboutPostId !== undefined) throw invalid('aboutPostId', '只有投诉才填被投诉的人')
    if (aboutNobody !== undefined) throw invalid('aboutNobody', '只有投诉才填是否针对人')
  }
  const isNamed = aboutUnitId !== undefined || aboutPostId !== undefined
  if (aboutNobody && isNamed) throw invalid('aboutNobody', '已经填了被投诉的单位或人，请去掉一个')
  if (aboutUnitId !== undefined && !(await db.existsBy(Unit, { id: aboutUnitId }))) {
    throw invalid('aboutUnitId', '没有这个单位')
  }
  if (aboutPostId !== undefined && !(await db.existsBy(Post, { id: aboutPostId }))) {
    throw invalid('aboutPostId', '没有这个人')
  }
  const isByDefault = category === 'complaint' && !isNamed && !aboutNobody
  const byDefault = isByDefault ? (project?.officerPostId ?? null) : null
  return { aboutUnitId: aboutUnitId ?? null, aboutPostId: aboutPostId ?? byDefault }
}
