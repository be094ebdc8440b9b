/** What is decided above the officer: whose case it is, more time, a refusal, what the content check held back. */
import { type EntityManager, Not } from 'typeorm'
import { dateOf } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import { releaseFiles } from '../../files/attach.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { refuseSamePerson } from '../../people/secondPerson.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { accusedOf, isAccused, unitsKeptFrom } from '../accused.js'
import { CaseEntry } from '../caseEntry.js'
import { CaseShare } from '../caseShare.js'
import type { HelpCase } from '../helpCase.js'
import { handTo, nobodyThere } from '../handing.js'
import { move } from '../move.js'
import { officerOfUnit } from '../open.js'
import { agreeDecline, agreeExtension } from '../steps.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const supervisorVerbs = {
  'case.transfer': serve('case.transfer', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, now } = call
      const unit = await db.findOneBy(Unit, { id: input.unitId })
      if (!unit || unit.kind === 'group') throw invalid('unitId', '没有这个单位')
      if (unit.id === target.aboutUnitId) throw invalid('unitId', '不能转给被投诉的单位')
      // Into the unit of a person complained about only to somebody named, who is another person.
      if (input.officerId === undefined && (await unitsKeptFrom(db, target)).includes(unit.id)) {
        throw invalid('officerId', '被投诉的人在这个单位，请指定由谁承办')
      }
      if (unit.id === target.unitId && input.officerId === undefined) throw invalid('unitId', '已经在这个单位了')
      const category = target.category as Input<'case.submit'>['category']
      const postId = input.officerId
        ? (await takerOf(db, target, input.officerId, unit.id)).id
        : await officerOfUnit(db, unit.id, { ...target, category }, dateOf(now))
      if (postId === null) throw invalid('unitId', nobodyThere)
      const text = `转${unit.name}办理：${input.reason}`
      await handTo({ ...call, verb: 'case.transfer' }, unit.id, postId, { text })
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.assign': serve('case.assign', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, grants } = call
      const isEverywhere = grants.some(({ scope }) => scope === 'all')
      const post = await takerOf(db, target, input.officerId, isEverywhere ? undefined : target.unitId)
      const text = input.reason && `指派${post.name}承办：${input.reason}`
      await handTo({ ...call, verb: 'case.assign' }, post.unitId, post.id, { text, isInternal: true })
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.agreeExtension': serve('case.agreeExtension', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, grants } = call
      const asked = target.pendingExtension
      if (!asked) throw new Problem('wrongState')
      await refuseSamePerson(db, asked, grants, '申请延期的人不能自己同意')
      if (input.agree) {
        await agreeExtension(call, asked)
      } else {
        const text = `不同意延期${input.text ? `：${input.text}` : ''}`
        await move({ ...call, verb: 'case.note' }, { pendingExtension: null }, { text, isInternal: true })
      }
      return caseView(call, target)
    },
  }),
  'case.agreeDecline': serve('case.agreeDecline', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, grants } = call
      const asked = target.pendingDecline
      if (!asked) throw new Problem('wrongState')
      await refuseSamePerson(db, asked, grants, '提出不予办理的人不能自己同意')
      if (!input.agree) {
        const text = `不同意不予办理，请继续办理${input.text ? `：${input.text}` : ''}`
        await move({ ...call, verb: 'case.note' }, { pendingDecline: null }, { text, isInternal: true })
        return caseView(call, target)
      }
      await agreeDecline(call, asked)
      return caseView(call, target)
    },
  }),
  'case.release': serve('case.release', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target } = call
      const review = input.isAllowed ? 'passed' : 'held'
      await db.update(CaseEntry, { caseId: target.id, review: Not('passed') }, { review })
      await releaseFiles(db, 'case', target.id, review)
      const text = input.isAllowed ? '已放行企业提交的内容' : '企业提交的内容暂不公开'
      await move({ ...call, verb: 'case.release' }, { review }, { text, isInternal: true })
      return caseView(call, target)
    },
  }),
}

/** The post that is to take the case: active, of the unit where one is given, and not the one complained about. */
async function takerOf(db: EntityManager, target: HelpCase, postId: string, unitId?: string | null): Promise<Post> {
  const post = await db.findOneBy(Post, { id: postId, isActive: true })
  if (!post || !['officer', 'leader', 'supervisor'].includes(post.role)) throw invalid('officerId', '没有这个承办人')
  if (unitId !== undefined && post.unitId !== unitId) throw invalid('officerId', '这个人不在承办单位')
  if (post.personId !== null && post.personId === target.createdBy) throw invalid('officerId', '不能交给提出诉求的人')
  if (isAccused(await accusedOf(db, target), post)) throw invalid('officerId', '不能交给被投诉的人或单位')
  if (post.id === target.officerPostId) throw invalid('officerId', '已经是这个人承办')
  return post
}
