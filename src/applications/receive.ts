/** Taking an application in (接件): every material of the guide's list is either there or not. */
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { numberOn } from '../words/number.js'
import { idAt } from '../database/idAt.js'
import type { GuideMaterial } from '../guides/content.js'
import type { Edition } from '../guides/view.js'
import { invalid } from '../problem.js'
import { Application } from './application.js'
import { noticeDue } from './clock.js'
import { isComplete, type Material } from './rules.js'
import { moveProjectWith, type Step } from './move.js'

interface Checked {
  name: string
  isPresent: boolean
  note?: string | null | undefined
}

/** @throws Problem invalid, where the list is not the guide's: none left out, none added (不得要求提交清单以外的材料) */
export function checkList(
  wanted: readonly Pick<GuideMaterial, 'name' | 'canFollowLater'>[],
  checked: readonly Checked[],
  receivedOn: string,
): Material[] {
  const given = new Map(checked.map((one) => [one.name, one]))
  const stray = checked.find(({ name }) => !wanted.some((one) => one.name === name))
  if (stray || given.size !== checked.length) throw invalid('materials', '只核对指南清单里的材料，每件一次')
  return wanted.map(({ name, canFollowLater = false }) => {
    const one = given.get(name)
    if (!one) throw invalid('materials', `还没有核对：${name}`)
    const { isPresent, note = null } = one
    return { name, isPresent, canFollowLater, note, cameOn: isPresent ? receivedOn : null }
  })
}

interface Taking {
  know: Step['know']
  guide: Edition
  enterpriseId: string
  projectId: string | null
  unitId: string
  postId: string
  receivedOn: string
  materials: readonly Checked[]
  now: Date
}

export async function receive(db: EntityManager, taking: Taking): Promise<Application> {
  const { know, guide, enterpriseId, projectId, unitId, postId, receivedOn, now } = taking
  const { materials: wanted, promise, title } = guide.content
  const materials = checkList(wanted, taking.materials, receivedOn)
  const row = await create(db, Application, {
    id: idAt(now),
    number: numberOn('BJ', receivedOn),
    state: 'received',
    guideId: guide.id,
    guideCode: guide.code,
    guideTitle: title,
    guideVersion: guide.number,
    enterpriseId,
    projectId,
    unitId,
    receivedByPostId: postId,
    createdAt: now,
    receivedOn,
    materials,
    wasComplete: isComplete(materials),
    ...noticeDue(know, guide.code, receivedOn),
    promisedWorkdays: promise.workdays ?? null,
    ...nothingYet,
  })
  await moveProjectWith(db, know, now, row, postId)
  return row
}

const nothingYet = {
  noticedOn: null,
  noticedByPostId: null,
  noticeItems: null,
  noticeText: null,
  suppliedOn: null,
  acceptedOn: null,
  acceptedHow: null,
  decideDueOn: null,
  approvalNumber: null,
  pendingRefusal: null,
  refusalGround: null,
  refusalBasis: null,
  refusalReason: null,
  returnNote: null,
  endedOn: null,
  endNote: null,
}
