/** Two branches, the bureau and a few firms, and what each of them does in a day when chance decides. */
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { addDays } from '../../src/calendar/dates.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import type { Api } from '../../src/contract.js'
import { Absence } from '../../src/people/absence.js'
import { Project } from '../../src/projects/project.js'
import { movesFrom, type Stage } from '../../src/projects/stages.js'
import { firm, member, staff, type StaffMember, write } from '../factories.js'
import type { Caller, World } from '../world.js'
import type { Dice } from './dice.js'

interface Branch {
  unitId: string
  districtCode: string
  officers: StaffMember[]
  leader: StaffMember
}

export interface Town {
  branches: Branch[]
  supervisor: StaffMember
  clerk: StaffMember
  firms: { enterpriseId: string; boss: Caller }[]
  away: { postId: string; standInPostId: string; fromOn: string; toOn: string }[]
}

export async function settle(w: World): Promise<Town> {
  const branch = async (unitId: string, districtCode: string): Promise<Branch> => {
    const officer = () => staff(w, { role: 'officer', unitId })
    return {
      unitId,
      districtCode,
      officers: [await officer(), await officer()],
      leader: await staff(w, { role: 'leader', unitId }),
    }
  }
  const house = async () => {
    const { id: enterpriseId } = await firm(w)
    return { enterpriseId, boss: await member(w, enterpriseId) }
  }
  return {
    branches: [await branch('tiexi', '210106'), await branch('heping', '210102')],
    supervisor: await staff(w, { role: 'supervisor', unitId: 'approval' }),
    clerk: await staff(w, { role: 'clerk', unitId: 'approval' }),
    firms: [await house(), await house()],
    away: [],
  }
}

/** Who acts for a post on that day: its holder, or who stands in. */
function actingFor(town: Town, postId: string | null, today: string): StaffMember | undefined {
  const absence = town.away.find((one) => one.postId === postId && one.fromOn <= today && today <= one.toOn)
  const acting = absence?.standInPostId ?? postId
  return town.branches.flatMap(({ officers }) => officers).find((officer) => officer.postId === acting)
}

const find = <T extends object>(w: World, entity: new () => T, where: object) =>
  w.service.house.ds.manager.find(entity, { where })

const categories = ['consultation', 'procedure', 'siteSelection', 'suggestion'] as const

/** What firms do, also on days off: ask, supply, be content or not. @returns how much was done */
export async function firmsAct(w: World, town: Town, dice: Dice): Promise<number> {
  const bossOf = (enterpriseId: string | null) => town.firms.find((one) => one.enterpriseId === enterpriseId)?.boss
  let deeds = 0
  for (const { id, enterpriseId } of await find(w, HelpCase, { state: 'waiting' })) {
    if (!dice.happens(0.25)) continue
    deeds += 1
    await bossOf(enterpriseId)?.call('case.supply', { id, text: '补充好了', fileIds: [] })
  }
  for (const { id, enterpriseId, round } of await find(w, HelpCase, { state: 'answered' })) {
    const isContent = dice.happens(0.1)
    if (!isContent && !(round === 1 && dice.happens(0.05))) continue
    deeds += 1
    const boss = bossOf(enterpriseId)
    await (isContent
      ? boss?.call('case.rate', { id, score: 4 })
      : boss?.call('case.reopen', { id, text: '还没有解决' }))
  }
  if (!dice.happens(0.2)) return deeds
  const { enterpriseId, boss } = dice.pick(town.firms)
  const { districtCode } = dice.pick(town.branches)
  await boss.call('case.submit', {
    category: dice.pick(categories),
    title: '环评手续怎么办',
    text: '请问要怎样办？',
    enterpriseId,
    districtCode,
    fileIds: [],
  })
  return deeds + 1
}

/** What officials do on a working day, some of it too late. */
export async function officialsAct(w: World, town: Town, dice: Dice, today: string): Promise<void> {
  await leave(w, town, dice, today)
  for (const row of await find(w, HelpCase, { state: 'assigned' })) {
    if (dice.happens(0.8)) await actingFor(town, row.officerPostId, today)?.caller.call('case.sign', { id: row.id })
  }
  for (const row of await find(w, HelpCase, { state: 'handling' })) await handle(town, dice, today, row)
  for (const row of await find(w, Project, {})) await move(town, dice, today, row)
  if (dice.happens(0.16)) await open(town, dice)
}

async function handle(town: Town, dice: Dice, today: string, row: HelpCase): Promise<void> {
  const { id } = row
  const officer = actingFor(town, row.officerPostId, today)?.caller
  // Asked too late, or agreed to too late, more time would be over before it began.
  if (row.pendingExtension) {
    await town.supervisor.caller.call('case.agreeExtension', { id, agree: row.dueOn >= today })
  } else if (dice.happens(0.18)) await officer?.call('case.answer', { id, text: '这样办就可以。', fileIds: [] })
  else if (dice.happens(0.12)) await officer?.call('case.askMore', { id, text: '请补充说明', fileIds: [] })
  else if (row.extensions === 0 && row.dueOn >= today && dice.happens(0.04)) {
    await officer?.call('case.extend', { id, workdays: 3, reason: '要到现场看' })
  }
}

/** Now and then somebody is away for a few days, with a stand-in. */
async function leave(w: World, town: Town, dice: Dice, today: string): Promise<void> {
  if (!dice.happens(0.05)) return
  const [one, other] = dice.pick(town.branches).officers
  if (!one || !other) return
  const isBusy = town.away.some(({ postId, toOn }) => toOn >= today && [one.postId, other.postId].includes(postId))
  if (isBusy) return
  const absence = {
    postId: one.postId,
    standInPostId: other.postId,
    fromOn: today,
    toOn: addDays(today, dice.below(12)),
  }
  town.away.push(absence)
  await write(w, (db) => create(db, Absence, { ...absence, id: uuid(), isCancelled: false }))
}

/** A project comes into the ledger; some have no officer yet, some are decided above the bureau. */
async function open(town: Town, dice: Dice): Promise<void> {
  const branch = dice.pick(town.branches)
  const { enterpriseId } = dice.pick(town.firms)
  const fields: Api['project.create']['input'] = {
    book: 'local',
    name: '测试·某项目',
    builderName: '测试·建设单位',
    districtCode: branch.districtCode,
    enterpriseId,
    careLevel: dice.pick(['own', 'own', 'lower', 'upper'] as const),
    documentType: dice.pick(['report', 'form', 'form'] as const),
    isImmediate: dice.happens(0.1),
    stage: 'submitted',
  }
  const { id } = await town.clerk.caller.call('project.create', fields)
  const officerPostId = dice.happens(0.9) ? dice.pick(branch.officers).postId : null
  const branchLeaderPostId = dice.happens(0.8) ? branch.leader.postId : null
  await town.clerk.caller.call('project.assign', { id, officerPostId, branchLeaderPostId })
}

const asides: readonly Stage[] = ['terminated', 'suspended', 'exempt', 'registration']

async function move(town: Town, dice: Dice, today: string, row: Project): Promise<void> {
  if (row.stage === 'approved' || row.stage === 'terminated' || !dice.happens(0.14)) return
  const moves = movesFrom(row.stage)
  const onward = moves.filter(({ needsReason, stage }) => !needsReason && !asides.includes(stage))
  const { stage, needsReason } = dice.pick(dice.happens(0.93) ? onward : moves)
  if (stage === 'exempt' || stage === 'registration') return
  const who = actingFor(town, row.officerPostId, today) ?? town.clerk
  await who.caller.call('project.advance', { id: row.id, stage, ...(needsReason && { note: '情况有变' }) })
}
