/**
 * Many rewards claimed and paid while WeChat Pay misbehaves and the service is killed again and again: each is paid at
 * most once and none is forgotten, and at the end our books, WeChat's, and the day's reconciliation say the same.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../../src/audit/queue.js'
import { addDays, dateOf, instantAt } from '../../../src/calendar/dates.js'
import { MoneyEntry } from '../../../src/rewards/books/moneyEntry.js'
import { Payout } from '../../../src/rewards/payout/payout.js'
import { Reconciliation } from '../../../src/rewards/reconciliation/reconciliation.js'
import { Reward } from '../../../src/rewards/reward.js'
import type { Service } from '../../../src/service.js'
import { write } from '../../factories.js'
import { freePort } from '../../freePort.js'
import { approved, concludedTip, informer, scene } from '../../rewards/stage.js'
import { callersOf } from '../../callers.js'
import { post } from '../asking.js'
import { ownFolder } from '../campaign/place.js'
import { drain, inside, later, prove } from '../ground.js'
import { environmentOf, type Running, run } from '../running.js'
import { type OtherSide, startOtherSide } from './otherSide.js'

export interface Trial {
  rewards: number
  /** Undefined: the embedded file. */
  url: string | undefined
  processes: number
  /** The `main.js` that node runs; this program's unless told. */
  program?: string
  /** A process is killed when about so many more rewards were claimed, however long that takes. */
  killEvery: number
  seed: number
}

export interface Outcome {
  /** What is wrong, in words; empty where nothing is. */
  faults: string[]
  kills: number
  paid: number
  byBank: number
  paidFen: number
  /** Requests that WeChat Pay was asked. */
  calls: number
  tookMs: number
}

/** Of a hundred. */
const WEATHER = { requests: 25, notices: 40, ms: 400 }
const PHONES = 48
const REWARDS_EACH = 5

interface Claim {
  id: string
  number: string
  token: string
  openid: string
  key: string
  /** What the phone was told last. */
  state: string
}

export async function payOut(trial: Trial): Promise<Outcome> {
  const since = performance.now()
  const begunOn = dateOf(new Date())
  const { folder, remove } = await ownFolder('payouts')
  const other = await startOtherSide(folder)
  const ports = await Promise.all(Array.from({ length: trial.processes }, freePort))
  const env = {
    ...environmentOf(folder, trial.url),
    ...other.env,
    // One address for all processes, as nginx gives them: the same order has the same fields, whoever sends it.
    PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
  }
  const running: (Running | undefined)[] = []
  const start = async (n: number) => {
    running[n] = await run({ ...env, PORT: String(ports[n]) }, trial.program)
  }
  try {
    const claims = await inside(
      env,
      () => new Date(),
      (service) => prepare(service, trial.rewards),
    )
    await other.ask('weather', { seed: trial.seed, ...WEATHER })
    await Promise.all(ports.map((_, n) => start(n)))
    const urls = ports.map((port) => `http://127.0.0.1:${port}`)
    let isOver = false
    const progress = { claimed: 0 }
    const phones = Promise.all(
      Array.from({ length: PHONES }, async (_, phone) => {
        for (let n = phone; n < claims.length; n += PHONES) await walk(claims[n] as Claim, urls, other, progress)
      }),
    ).finally(() => {
      isOver = true
    })
    let kills = 0
    const killing = (async () => {
      while (!isOver) {
        const until = progress.claimed + trial.killEvery * (0.5 + Math.random())
        while (!isOver && progress.claimed < until) await delay(5)
        if (isOver) return
        const n = kills % ports.length
        await running[n]?.kill()
        kills += 1
        await start(n)
      }
    })()
    await Promise.all([phones, killing])
    await Promise.all(running.map(async (one) => one?.stop()))
    await other.ask('weather', null)
    const held = await holdAgainst(env, claims, other, begunOn)
    return { ...held, kills, tookMs: performance.now() - since }
  } finally {
    await Promise.all(running.map(async (one) => one?.kill()))
    other.end()
    remove()
  }
}

/** Tips by name, found true, each with a reward that two have agreed to. */
async function prepare(service: Service, rewards: number): Promise<Claim[]> {
  const w = { service, now: () => new Date(), ...callersOf(service) }
  const most = 2_000_000_000
  const s = await scene(w, { dailyTotalFen: most, dailyCount: 1_000_000, perPersonDailyFen: most })
  const claims: Claim[] = []
  while (claims.length < rewards) {
    const by = await informer(w)
    for (let n = 0; n < REWARDS_EACH && claims.length < rewards; n += 1) {
      const tip = await concludedTip(w, { by, enforcer: s.enforcer })
      const { id } = await approved(s, tip.id, n === 0 ? 'large' : 'general')
      const token = by.caller.token ?? ''
      claims.push({ id, number: tip.number, token, openid: by.openid, key: uuid(), state: 'approved' })
    }
  }
  return claims
}

/** One informer's phone: claims, confirms what it is shown, and looks until it is over. Nothing that fails is given up. */
async function walk(
  claim: Claim,
  urls: readonly string[],
  other: OtherSide,
  progress: { claimed: number },
): Promise<void> {
  const { number } = claim
  let isClaimed = false
  for (let look = 0; ; look += 1) {
    const headers = { Authorization: `Bearer ${claim.token}` }
    const url = urls[look % urls.length] ?? ''
    const asked = isClaimed
      ? post(url, 'reward.checkPayment', { number }, headers)
      : post(url, 'reward.claim', { number, channel: 'wechat' }, { ...headers, 'Idempotency-Key': claim.key })
    const reply = await asked.catch(() => undefined)
    if (reply?.status !== 200) {
      if (reply && reply.status < 500) throw new Error(`${number}: ${reply.status} ${JSON.stringify(reply.body)}`)
      await delay(100)
      continue
    }
    if (!isClaimed) progress.claimed += 1
    isClaimed = true
    const { state, payment } = reply.body
    claim.state = state
    if (state !== 'paying') return
    if (payment?.transfer) await other.ask('confirm', { package: payment.transfer.package, openid: claim.openid })
    await delay(payment?.transfer ? 50 : 400)
  }
}

async function holdAgainst(env: Record<string, string>, claims: readonly Claim[], other: OtherSide, begunOn: string) {
  const faults: string[] = []
  const books = await inside(env, later, async ({ house }) => {
    await drain(house)
    return readBooks(house)
  })
  const theirs = await other.ask('books', {})
  const received = new Map<string, number>()
  for (const { outBillNo } of theirs.payments) received.set(outBillNo, (received.get(outBillNo) ?? 0) + 1)
  const known = new Set<string>()
  for (const { id, number, state: shown } of claims) {
    const outBillNo = id.replaceAll('-', '')
    known.add(outBillNo)
    const times = received.get(outBillNo) ?? 0
    const reward = books.rewards.get(id)
    const payout = books.payouts.get(id)
    const lines = books.money.filter(({ rewardId }) => rewardId === id).map(({ kind }) => kind)
    const isPaid = reward?.state === 'paid'
    if (times > 1) faults.push(`${number}: paid ${times} times`)
    if (isPaid !== (times === 1)) faults.push(`${number}: ${reward?.state} with us, received ${times} times`)
    if (!isPaid && !(reward?.state === 'approved' && reward.isWechatClosed))
      faults.push(`${number}: forgotten in ${reward?.state}`)
    if (shown === 'paid' && !isPaid) faults.push(`${number}: shown as paid, and is ${reward?.state}`)
    if (lines.join() !== (isPaid ? 'reserved,paid' : 'reserved')) faults.push(`${number}: booked ${lines.join()}`)
    const bill = theirs.bills.find((one) => one.outBillNo === outBillNo)
    if (bill?.state !== payout?.state) faults.push(`${number}: ${payout?.state} with us, ${bill?.state} with them`)
    if (bill && bill.amountFen !== reward?.amountFen) faults.push(`${number}: ${bill.amountFen} fen with them`)
  }
  for (const { outBillNo } of theirs.bills) if (!known.has(outBillNo)) faults.push(`${outBillNo}: a bill of nobody's`)
  for (const outBillNo of theirs.believed) faults.push(`${outBillNo}: a false notice was believed`)
  const sum = (list: readonly { amountFen: number }[]) => list.reduce((total, { amountFen }) => total + amountFen, 0)
  const paidFen = sum(books.money.filter(({ kind }) => kind === 'paid'))
  if (paidFen !== sum(theirs.payments)) faults.push(`${paidFen} fen in our books, ${sum(theirs.payments)} in theirs`)
  faults.push(...books.found)
  faults.push(...(await reconciled(env, other, begunOn)))
  const paid = [...books.rewards.values()].filter(({ state }) => state === 'paid').length
  return { faults, paid, byBank: claims.length - paid, paidFen, calls: theirs.calls }
}

async function readBooks({ ds, know, config }: Service['house']) {
  const found: string[] = (await prove({ ds, know, config })).map((one) => `trail: ${JSON.stringify(one)}`)
  const dead: { kind: string; lastError: string }[] = await ds.query(
    `SELECT kind, lastError FROM job WHERE state = 'dead'`,
  )
  found.push(...dead.map(({ kind, lastError }) => `a dead job: ${kind} ${lastError}`))
  const { manager } = ds
  const rewards = new Map((await manager.find(Reward)).map((row) => [row.id, row]))
  const payouts = new Map((await manager.find(Payout)).map((row) => [row.id, row]))
  return { rewards, payouts, money: await manager.find(MoneyEntry, { order: { seq: 'ASC' } }), found }
}

/** As on the morning after. */
async function reconciled(env: Record<string, string>, other: OtherSide, begunOn: string): Promise<string[]> {
  const today = dateOf(new Date())
  const morning = instantAt(addDays(today, 1), '10:40')
  const aheadMs = morning.getTime() - Date.now()
  await other.ask('clock', { aheadMs })
  return inside(
    env,
    () => new Date(Date.now() + aheadMs),
    async (service) => {
      const now = () => new Date(Date.now() + aheadMs)
      for (let day = addDays(begunOn, 1); day <= addDays(today, 1); day = addDays(day, 1)) {
        await write({ service, now }, (db) => enqueue(db, [{ kind: 'reward.reconcile', payload: { day } }], now()))
        await drain(service.house)
      }
      const rows = await service.house.ds.manager.find(Reconciliation)
      const faults = rows
        .filter(({ differences, oursFen, theirsFen }) => differences > 0 || oursFen !== theirsFen)
        .map(
          (row) =>
            `reconciliation of ${row.onDay}: ${row.differences} differences, ${row.oursFen} and ${row.theirsFen} fen`,
        )
      return rows.some(({ onDay }) => onDay === today) ? faults : [...faults, 'the day was not reconciled']
    },
  )
}
