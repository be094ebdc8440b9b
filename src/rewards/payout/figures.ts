/** For Prometheus: is there money in the account, do transfers come to their end, is every difference explained? */
import { Gauge, type Registry } from 'prom-client'
import { readInstant } from '../../database/instants.js'
import type { House } from '../../house.js'
import { among } from '../../http/scopes.js'
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
    name: 'shenhuan_reward_troubles',
    help: 'Rewards whose payment does not go on, whatever the reason',
    sql: 'SELECT COUNT(*) AS n FROM reward WHERE trouble IS NOT NULL',
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
  const unfinished = among('state', unfinishedStates)
  new Gauge({
    name: 'shenhuan_payout_oldest_seconds',
    help: 'How long ago the oldest transfer was sent that has not come to its end; 0 where there is none',
    registers: [registry],
    async collect() {
      this.remove()
      const sql = `SELECT MIN(sentAt) AS sentAt FROM payout WHERE sentAt IS NOT NULL AND ${unfinished.sql}`
      const rows = await asked<{ sentAt: Date | string | null }>(sql, unfinished.params)
      if (!rows) return
      const sentAt = readInstant(rows[0]?.sentAt ?? null)
      this.set(sentAt === null ? 0 : Math.max(0, (now().getTime() - sentAt.getTime()) / 1000))
    },
  })
}
