/** The switch, the rules, the ledger of money, and what was reconciled. */
import { In, LessThan, MoreThanOrEqual, LessThanOrEqual, And, type FindOperator } from 'typeorm'
import { change } from '../../audit/trail.js'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import type { Output, Verb } from '../../contract.js'
import { forUpdate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { grantsOf } from '../../http/scopes.js'
import { type Call, serve } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { Post } from '../../people/post.js'
import { invalid, Problem } from '../../problem.js'
import { lockControl, readControl, sentOn } from '../payout/control.js'
import { MoneyEntry } from '../books/moneyEntry.js'
import { Payout, PayoutControl } from '../payout/payout.js'
import { unfinishedStates } from '../payout/payoutStates.js'
import { Reward } from '../reward.js'
import { RewardRules, RULES_ID } from '../rules/rewardRules.js'
import { standingRules } from '../rules/rules.js'
import { numbersOf } from '../view.js'
import { rewardLevels } from '../words.js'

const may = (actor: Actor, verbs: readonly Verb[]) => verbs.filter((verb) => grantsOf(actor, verb).length > 0)

function rulesView(rules: RewardRules, actor: Actor): Output<'reward.rules'> {
  const { levels, claimDays, claimUnit, dailyTotalFen, dailyCount, perPersonDailyFen, lowBalanceFen } = rules
  const { confirmed, note, version } = rules
  return {
    levels,
    claimDays,
    claimUnit,
    dailyTotalFen,
    dailyCount,
    perPersonDailyFen,
    lowBalanceFen,
    confirmed,
    note,
    version,
    can: may(actor, ['reward.saveRules']),
  }
}

export const ruleVerbs = {
  'reward.rules': serve('reward.rules', {
    handle: async ({ db, actor }) => rulesView(await standingRules(db), actor),
  }),
  'reward.saveRules': serve('reward.saveRules', {
    async handle({ db, actor, input }) {
      const { version, ...asked } = input
      const lock = forUpdate(db)
      const rules = await db.findOneOrFail(RewardRules, { where: { id: RULES_ID }, ...(lock ? { lock } : {}) })
      if (rules.version !== version) throw new Problem('stale')
      const given = new Set(asked.levels.map(({ level }) => level))
      if (rewardLevels.some((level) => !given.has(level))) throw invalid('levels', '三个等级都要写，各写一次')
      return rulesView(await change(db, RewardRules, rules, asked), actor)
    },
  }),
}

type Switch = 'payout.stop' | 'payout.resume'

async function turn({ db, input, grants, now }: Call<Switch>, isStopped: boolean) {
  const control = await lockControl(db)
  if (control.isStopped === isStopped) {
    throw new Problem('wrongState', { title: isStopped ? '微信发放已经停止了' : '微信发放没有停止' })
  }
  const changedByPostId = grants[0]?.postId ?? null
  await change(db, PayoutControl, control, { isStopped, changedByPostId, changedAt: now, reason: input.reason })
  return { ok: true as const }
}

export const payoutVerbs = {
  'payout.status': serve('payout.status', {
    async handle({ db, know, actor, now }) {
      const control = await readControl(db)
      const { isStopped, changedByPostId, changedAt, reason, balanceFen, balanceAt, isLow } = control
      const by = isStopped && changedByPostId !== null ? await db.findOneBy(Post, { id: changedByPostId }) : null
      const today = await sentOn(db, dateOf(now))
      return {
        isSetUp: know.merchant !== null,
        isStopped,
        stoppedBy: by?.name ?? null,
        stoppedAt: isStopped && changedAt ? toWireInstant(changedAt) : null,
        reason: isStopped ? reason : null,
        balanceFen,
        balanceAt: balanceAt && toWireInstant(balanceAt),
        isLow,
        todayFen: today.fen,
        todayCount: today.count,
        unfinished: await db.countBy(Payout, { state: In(unfinishedStates) }),
        can: may(actor, [isStopped ? 'payout.resume' : 'payout.stop']),
      }
    },
  }),
  'payout.stop': serve('payout.stop', { handle: (call) => turn(call, true) }),
  'payout.resume': serve('payout.resume', { handle: (call) => turn(call, false) }),
}

export const moneyVerbs = {
  'money.list': serve('money.list', {
    async handle({ db, know, input }) {
      const after = readCursor(know.keyring, 'money.list', input)
      const days = between(input.from, input.to)
      const rows = await db.find(MoneyEntry, {
        where: {
          ...(days ? { onDay: days } : {}),
          ...(input.kind === undefined ? {} : { kind: input.kind }),
          ...(after ? { id: LessThan(after[1]) } : {}),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      const rewards = await db.findBy(Reward, { id: In(rows.map(({ rewardId }) => rewardId)) })
      const numbers = await numbersOf(db, rewards)
      const items = rows.map(({ id, onDay, at, kind, amountFen, channel, reference, rewardId }) => ({
        id,
        on: onDay,
        at: toWireInstant(at),
        kind,
        amountFen,
        channel,
        reference,
        rewardId,
        tipNumber: numbers.get(rewardId) ?? '',
      }))
      return pageFrom(rows, input.limit, items, (last) => writeCursor(know.keyring, 'money.list', input, ['', last.id]))
    },
  }),
  'money.totals': serve('money.totals', {
    async handle({ db, input }) {
      const { year } = input
      const [sql, params] =
        year === undefined ? ['1 = 1', []] : ['m.onDay >= ? AND m.onDay <= ?', [`${year}-01-01`, `${year}-12-31`]]
      const rows = (await db.query(
        `SELECT m.kind, SUM(m.amountFen) AS fen, COUNT(DISTINCT m.rewardId) AS n FROM money_entry m
         WHERE ${sql} GROUP BY m.kind`,
        params,
      )) as { kind: MoneyEntry['kind']; fen: number | string; n: number | string }[]
      const fen = (kind: MoneyEntry['kind']) => Number(rows.find((row) => row.kind === kind)?.fen ?? 0)
      const count = (kind: MoneyEntry['kind']) => Number(rows.find((row) => row.kind === kind)?.n ?? 0)
      const [reservedFen, paidFen, releasedFen] = [fen('reserved'), fen('paid'), fen('released')]
      return {
        reservedFen,
        paidFen,
        releasedFen,
        openFen: reservedFen - paidFen - releasedFen,
        rewards: count('reserved'),
        paid: count('paid'),
      }
    },
  }),
}

function between(from: string | undefined, to: string | undefined): FindOperator<string> | undefined {
  const bounds = [from && MoreThanOrEqual(from), to && LessThanOrEqual(to)].filter((one) => typeof one === 'object')
  const [first, second] = bounds
  return first && second ? And(first, second) : first
}
