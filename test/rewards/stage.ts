/** Concluded tips with who informed, those who decide on rewards, and the informers: for the tests of rewards. */
import { randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../src/audit/trail.js'
import { dateOf } from '../../src/calendar/dates.js'
import { RewardRules, RULES_ID } from '../../src/rewards/rules/rewardRules.js'
import type { RewardLevel } from '../../src/rewards/words.js'
import { keepInformer } from '../../src/tips/informers/store.js'
import { Tip } from '../../src/tips/tip.js'
import { numberOn } from '../../src/words/number.js'
import { demoOpenid } from '../../src/wechat/sandbox/start.js'
import { type Peopled, type StaffMember, staff, write } from '../factories.js'
import type { Caller } from '../world.js'

export const AMOUNTS: Readonly<Record<RewardLevel, number>> = { major: 500_000, large: 200_000, general: 50_000 }

export interface Scene {
  enforcer: StaffMember
  handler: StaffMember
  approver: StaffMember
  second: StaffMember
  supervisor: StaffMember
}

let count = 0

/** Staff on duty, and amounts for every level. */
export async function scene(w: Peopled, limits: Partial<RewardRules> = {}): Promise<Scene> {
  const unitId = 'enforcement'
  await write(w, async (db) => {
    const rules = await db.findOneByOrFail(RewardRules, { id: RULES_ID })
    const levels = rules.levels.map((one) => ({ ...one, amountFen: AMOUNTS[one.level] }))
    await change(db, RewardRules, rules, { levels, ...limits })
  })
  return {
    enforcer: await staff(w, { role: 'enforcer', unitId }),
    handler: await staff(w, { role: 'rewardHandler', unitId }),
    approver: await staff(w, { role: 'rewardApprover', unitId }),
    second: await staff(w, { role: 'rewardApprover', unitId }),
    supervisor: await staff(w, { role: 'supervisor', unitId: 'approval' }),
  }
}

export interface Informer {
  name: string
  caller: Caller
  personId: string
  openid: string
}

/** Somebody logged in. */
export async function informer(w: Peopled, name = `informer-${++count}`): Promise<Informer> {
  const caller = await w.as(name)
  const { id: personId } = await caller.call('session.me', {})
  return { name, caller, personId, openid: demoOpenid(name) }
}

interface TipTerms {
  by: Informer
  enforcer: StaffMember
  fields?: Partial<Tip>
}

/** A tip by name that was found true and concluded, with a reward wanted. */
export async function concludedTip(w: Peopled, { by, enforcer, fields = {} }: TipTerms): Promise<Tip> {
  const today = dateOf(w.now())
  const { know } = w.service.house
  return write(w, async (db) => {
    const tip = await create(db, Tip, {
      id: uuid(),
      number: numberOn('JB', today),
      codeHash: randomUUID(),
      state: 'concluded',
      violation: 'air',
      firmName: '测试·喷涂厂',
      creditCode: null,
      firmKey: '测试·喷涂厂',
      districtCode: '210106',
      address: null,
      point: null,
      happened: null,
      text: '夜里开窗喷漆。',
      isNamed: true,
      wantsReward: true,
      receivedOn: today,
      releaseAt: null,
      acceptBy: today,
      concludeBy: today,
      dueOn: null,
      isProvisional: false,
      unitId: 'enforcement',
      handlerPostId: enforcer.postId,
      answeredOn: today,
      verifiedOn: today,
      verifiedByPostId: enforcer.postId,
      verifiedBy: enforcer.personId,
      finding: 'true',
      facts: '夜间检查，设施未运行。',
      sameMatterId: null,
      endedOn: today,
      concludedByPostId: enforcer.postId,
      concludedBy: enforcer.personId,
      decision: 'penalty',
      decisionNumber: '沈环罚（测试）1号',
      decidedOn: today,
      penaltyFen: 100_000,
      reply: '已立案处罚。',
      isPriority: false,
      priorityReason: null,
      ...fields,
    })
    const idNumber = '210106199001010018'
    await keepInformer(db, know, tip.id, { personId: by.personId, name: '王小明', phone: null, idNumber, bank: null })
    return tip
  })
}

/** A reward of the tip, agreed to by both. */
export async function approved(s: Scene, tipId: string, level: RewardLevel = 'general') {
  const proposal = { tipId, level, reason: '举报属实，已立案处罚，首报。' }
  const { id } = await s.handler.caller.call('reward.propose', proposal)
  await s.approver.caller.call('reward.approve', { id })
  return s.second.caller.call('reward.approve', { id })
}
