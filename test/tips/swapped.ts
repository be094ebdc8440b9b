/** Plays one story twice, with another informer: everything else is the same to the second, so nothing else may differ. */
import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { readXlsx } from 'hucre/xlsx'
import { pino } from 'pino'
import { loggedError } from '../../src/log.js'
import { Reward } from '../../src/rewards/reward.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { Tip } from '../../src/tips/tip.js'
import { freePort } from '../freePort.js'
import { demoOpenid } from '../../src/wechat/sandbox/start.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { photo } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { scene } from '../rewards/stage.js'
import { type Caller, type World, world } from '../world.js'
import { discreetPhoto, tip } from './tellers.js'
import { namesIn, namedIn, sorted } from './likeness.js'
import { questions, timeless } from './questions.js'

export const people = {
  甲: { name: '张三丰', phone: '13812345678', idNumber: '11010519491231002X' },
  乙: { name: '欧阳小明', phone: '13987654321', idNumber: '34052419800101001X' },
} as const
export type Who = keyof typeof people
const BANK = { account: '6222020200112233445', bankName: '工商银行沈阳分行' }

/** Everything that somebody without the informers' keys, and without the post of a reward handler, could hold in hand. */
export interface Seen {
  /** By role, verb and input. */
  answers: Record<string, unknown>
  /** Every row of every table, by table. */
  rows: string[]
  log: string[]
  counted: string[]
}

export async function play(informer: Who): Promise<Seen> {
  const lines: string[] = []
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().trim().split('\n'))
      done()
    },
  })
  const log = pino({ level: 'debug', base: null, serializers: { err: (error: unknown) => loggedError(error) } }, out)
  const metricsPort = await freePort()
  const w = await world('embedded', { env: { METRICS_PORT: String(metricsPort) }, parts: { log } })
  try {
    const given = new Map<string, string>()
    const callers = new Map<string, Caller>([['anyone', w.nobody]])
    const at = (time: string) => w.turnTo(`2026-11-${time}:00+08:00`)
    const known = ({ caller, personId, postId }: StaffMember, name: string) => {
      given.set(personId, `person ${name}`).set(postId, `post ${name}`)
      callers.set(name, caller)
    }
    const s = await scene(w, { dailyTotalFen: 1e8, dailyCount: 100, perPersonDailyFen: 1e8 })
    for (const [name, one] of Object.entries(s)) known(one as StaffMember, name)
    for (const role of ['officer', 'leader', 'clerk', 'admin'] as const) {
      const unitId = role === 'officer' || role === 'leader' ? 'tiexi' : 'approval'
      known(await staff(w, { role, unitId, name: `演示${role}` }), role)
    }
    const accused = await firm(w, { name: '测试·夜间喷涂厂' })
    given.set(accused.id, 'accused')
    await project(w, { enterpriseId: accused.id, name: '测试·喷漆线' })
    const boss = await member(w, accused.id, 'boss')
    callers.set('accused', boss)
    given.set((await boss.call('session.me', {})).id, 'boss')
    const both = {} as Record<Who, Caller>
    for (const [who, { name, phone }] of Object.entries(people) as [Who, (typeof people)[Who]][]) {
      const caller = await member(w, accused.id, `worker-${who}`)
      given.set((await caller.call('session.me', {})).id, who)
      await caller.call('person.update', { name })
      await caller.call('person.bindPhone', { code: `phone:${phone}` })
      both[who] = caller
    }
    // What both do in the open, at the same times.
    for (const who of Object.keys(people) as Who[]) {
      at(who === '甲' ? '23T10:02' : '23T10:04')
      await both[who].call('case.submit', {
        category: 'procedure',
        title: '报告表要准备什么',
        text: '请问要准备哪些材料？',
        enterpriseId: accused.id,
        fileIds: [(await upload(w, both[who], await photo(), { name: '现场.jpg' })).body.id],
      })
    }
    await w.drainJobs()

    const caller = both[informer]
    const { name, phone, idNumber } = people[informer]
    const mine = { name, phone, idNumber, mayMessage: true }
    const numbers: string[] = []
    const say = async (time: string, wantsReward: boolean, isNamed = true) => {
      at(time)
      const { number, code } = await caller.call(
        'tip.submit',
        tip({
          // Of several on one firm it is drawn which is named first.
          firmName: `测试·被举报的单位${time}`,
          text: `夜里开窗喷漆。${isNamed ? `我是${name}，电话${phone}，身份证${idNumber}。` : ''}`,
          fileIds: [await discreetPhoto(w, caller)],
          wantsReward,
          ...(isNamed ? { informer: mine } : {}),
        }),
      )
      await caller.call('tip.add', { number, code, text: '又排了一次。', fileIds: [await discreetPhoto(w, caller)] })
      await caller.call('tip.track', { number, code })
      await caller.call('tip.mine', {})
      numbers.push(number)
      return number
    }
    const idOf = async (number: string) => (await w.service.house.ds.manager.findOneByOrFail(Tip, { number })).id
    const byBank = await say('23T10:31', true)
    const byWechat = await say('23T10:52', true)
    await say('23T11:07', false, false)
    for (const [day, number] of [
      ['24', byBank],
      ['25', byWechat],
    ] as const) {
      at(`${day}T09:00`)
      await w.drainJobs()
      const id = await idOf(number)
      given.set(id, `tip ${day}`).set(number, `number ${day}`)
      const { enforcer, handler, approver, second } = s
      await enforcer.caller.call('tip.accept', { id })
      await enforcer.caller.call('tip.verify', { id, finding: 'true', facts: '属实' })
      await enforcer.caller.call('tip.conclude', { id, decision: 'penalty', reply: '已处罚' })
      await handler.caller.call('tip.identity', { id, reason: `核对${name}（${phone}）的身份` })
      const proposal = { tipId: id, level: 'general' as const, reason: `${name}首报属实，${idNumber}。` }
      const { id: rewardId } = await handler.caller.call('reward.propose', proposal)
      await approver.caller.call('reward.approve', { id: rewardId })
      await second.caller.call('reward.approve', { id: rewardId })
      await w.drainJobs()
      at(`${day}T15:33`)
      if (number === byBank) {
        await caller.call('reward.claim', { number, channel: 'bank', bank: BANK })
        await w.drainJobs()
        const voucher = `${name}-001`
        await handler.caller.call('reward.payBank', { id: rewardId, paidOn: '2026-11-24', voucher })
        await handler.caller.call('reward.returnBank', { id: rewardId, reason: `${name}的卡号${BANK.account}不符` })
        await handler.caller.call('reward.payBank', { id: rewardId, paidOn: '2026-11-24', voucher })
        await approver.caller.call('reward.confirmBank', { id: rewardId })
      } else {
        await caller.call('reward.claim', { number, channel: 'wechat' })
        await w.drainJobs()
        const { payment } = await caller.call('reward.checkPayment', { number })
        assert.ok(w.service.paySandbox?.confirm(payment?.transfer?.package ?? '', demoOpenid(`worker-${informer}`)))
        await w.service.paySandbox?.settle()
      }
      await w.drainJobs()
    }
    at('26T11:00')
    await w.drainJobs()
    const rows = await rowsOf(w)
    // Nobody else gets anything by asking for it, whoever they are.
    const answers: Record<string, unknown> = {}
    const keep = async (what: string, work: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await work
      answers[what] = { status, body }
      return { status }
    }
    const bodies: Record<string, object> = {
      'tip.identity': { id: await idOf(byBank), reason: '想知道是谁' },
      'reward.claim': { number: byBank, channel: 'wechat' },
      'reward.decline': { number: byWechat },
      'reward.checkPayment': { number: byWechat },
      'tip.add': { number: byBank, text: '是我举报的' },
    }
    for (const [role, one] of callers) {
      if (role === 'handler') continue
      for (const [verb, body] of Object.entries(bodies)) await keep(`${role} ${verb}`, one.try(verb, body))
    }
    for (const [role, verb] of [
      ['supervisor', 'tip.export'],
      ['enforcer', 'tip.export'],
      ['supervisor', 'reward.export'],
      ['approver', 'reward.export'],
      ['supervisor', 'case.export'],
    ] as const) {
      const asker = callers.get(role) ?? w.nobody
      const { id } = await asker.call(verb, {})
      await w.drainJobs()
      const { file } = await asker.call('excel.read', { id })
      const { data } = await w.http.get(file?.url ?? '', { responseType: 'arraybuffer' })
      const { sheets } = await readXlsx(new Uint8Array(data as Buffer))
      answers[`${role} ${verb}`] = sheets.map((sheet) => sheet.rows)
    }
    const asked = await subjectsOf(w, numbers, given)
    for (const [role, one] of callers) {
      if (role === 'handler') continue
      const closed = new Set<string>()
      for (const [what, verb, input] of questions(asked, Object.keys(people))) {
        if (closed.has(verb)) continue
        const { status } = await keep(`${role} ${verb} ${what}`, one.try(verb, input))
        if (status === 401 || status === 403) closed.add(verb)
      }
    }
    const { data: counted } = await w.http.get<string>(`http://127.0.0.1:${metricsPort}/metrics`)
    log.flush()
    const names = namesIn(rows, given)
    return {
      answers: sorted(
        Object.fromEntries(
          // The same question of several ids that stand for the same.
          Object.entries(answers).map(([what, answer]) => [what, timeless(answer)]),
        ),
        names,
      ) as Record<string, unknown>,
      rows: rows.map((row) => namedIn(row, names)).toSorted(),
      log: lines.map((line) => namedIn(lineOf(line), names)).toSorted(),
      counted: counted.split('\n').filter((line) => /^shenhuan_(answers|jobs|messages)/.test(line)),
    }
  } finally {
    await w.stop()
  }
}

function lineOf(line: string): string {
  const { time, ms, traceId, pid, hostname, ...rest } = JSON.parse(line) as Record<string, unknown>
  void [time, ms, traceId, pid, hostname]
  return JSON.stringify(rest)
}

/** What somebody curious would ask about, by id or number: tips, rewards, the two and their cases; each gets a name. */
async function subjectsOf(w: World, numbers: readonly string[], given: Map<string, string>) {
  const asked = new Map<string, string>()
  const { manager } = w.service.house.ds
  for (const [index, number] of numbers.entries()) {
    const { id } = await manager.findOneByOrFail(Tip, { number })
    asked.set(number, `number ${index}`).set(id, `tip ${index}`)
    const reward = await manager.findOneBy(Reward, { tipId: id })
    if (reward) asked.set(reward.id, `reward ${index}`)
  }
  for (const [id, name] of given) if (name in people) asked.set(id, name)
  for (const { id, createdBy } of await manager.find(HelpCase)) asked.set(id, `case of ${given.get(createdBy ?? '')}`)
  for (const [id, name] of asked) given.set(id, name)
  return asked
}

async function rowsOf(w: World): Promise<string[]> {
  const all: string[] = []
  for (const { tableName } of w.service.house.ds.entityMetadatas) {
    const rows = (await w.service.house.ds.query(`SELECT * FROM ${tableName}`)) as Record<string, unknown>[]
    // The board counts for as long as it may, by the machine's own clock.
    const told = rows.filter(({ kind }) => kind !== 'board.rollUp')
    // How large a photo of a tip is, is drawn at random, and so is the length of an answer that says it.
    for (const row of told) all.push(`${tableName} ${JSON.stringify({ ...row, size: null, answer: null })}`)
  }
  return all
}
