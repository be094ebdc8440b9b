/** For Prometheus: is there money in the account, do transfers come to their end, is every difference explained? */
import { Gauge, type Registry } from 'prom-client'
import { instantAt } from '../../calendar/dates.js'
import type { House } from '../../house.js'
import { among } from '../../http/scopes.js'
import { payoutsSeen, rewardsSeen } from '../asOthersSee.js'
import { others, unseenBy } from '../unseen.js'
import { unfinishedStates } from './payoutStates.js'

interface Figure {
  name: string
  help: string
  sql: string
}

const figures: readonly Figure[] = [
  {
    name: 'shenhuan_payout_balance_low',
    help: '1 while the account that rewards are paid from is below the line set in the rules',
    sql: 'SELECT MAX(isLow) AS n FROM payout_control',
  },
  {
    name: 'shenhuan_payouts_stopped',
    help: '1 while somebody has stopped all transfers',
    sql: 'SELECT MAX(isStopped) AS n FROM payout_control',
  },
  {
    name: 'shenhuan_reconciliation_open',
    help: 'Differences between the books and WeChat or the bank that nobody has explained',
    sql: 'SELECT COUNT(*) AS n FROM reconciliation_line WHERE settledAt IS NULL',
  },
]

export function measurePayouts(registry: Registry, { ds, now }: House): void {
  const asked = <Row>(sql: string, params: unknown[] = []) =>
    (ds.query(sql, params) as Promise<Row[]>).catch(() => undefined)
  for (const { name, help, sql } of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.remove()
        const rows = await asked<{ n: number | null }>(sql)
        if (rows) this.set(Number(rows[0]?.n ?? 0))
      },
    })
  }
  // What informers do moves these two: it shows the next day.
  const seen = () => unseenBy(ds.manager, others, now()).catch(() => undefined)
  new Gauge({
    name: 'shenhuan_reward_troubles',
    help: 'Rewards whose payment did not go on, whatever the reason, when the day began',
    registers: [registry],
    async collect() {
      this.remove()
      const unseen = await seen()
      if (!unseen) return
      const { sql, params } = rewardsSeen(unseen)
      const rows = await asked<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql} r WHERE r.trouble IS NOT NULL`, params)
      if (rows) this.set(Number(rows[0]?.n ?? 0))
    },
  })
  const unfinished = among('p.state', unfinishedStates)
  new Gauge({
    name: 'shenhuan_payout_oldest_seconds',
    help: 'How long ago the oldest transfer was sent that had not come to its end when the day began; 0 where there is none',
    registers: [registry],
    async collect() {
      this.remove()
      const unseen = await seen()
      if (!unseen) return
      const { sql, params } = payoutsSeen(unseen)
      const rows = await asked<{ sentOn: string | null }>(
        `SELECT MIN(p.sentOn) AS sentOn FROM ${sql} p WHERE ${unfinished.sql}`,
        [...params, ...unfinished.params],
      )
      if (!rows) return
      const sentOn = rows[0]?.sentOn ?? null
      this.set(sentOn === null ? 0 : Math.max(0, (now().getTime() - instantAt(sentOn).getTime()) / 1000))
    },
  })
}
