/** For Prometheus: is the database there, are its connections enough, and how often did something have to be done again? */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { DataSource } from 'typeorm'
import type { Connections } from '../database/node.js'
import { isEmbedded } from '../database/source.js'
import { retries, standings } from '../news.js'

/** Answers how to stop counting. */
export function measureDatabase(registry: Registry, ds: DataSource): () => void {
  const registers = [registry]
  new Gauge({
    name: 'shenhuan_database_up',
    help: '1 while the database answers this process',
    registers,
    async collect() {
      this.set(
        await ds.query('SELECT 1').then(
          () => 1,
          () => 0,
        ),
      )
    },
  })
  if (!isEmbedded(ds)) {
    new Gauge({
      name: 'shenhuan_database_connections',
      help: 'Connections of this process: in use, idle; and requests that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        const { inUse, idle, waiting } = connectionsOf(ds)
        this.set({ state: 'in_use' }, inUse)
        this.set({ state: 'idle' }, idle)
        this.set({ state: 'waiting' }, waiting)
      },
    })
  }
  const repeated = new Counter({
    name: 'shenhuan_transaction_retries_total',
    help: 'Transactions begun again, by the error that made it necessary',
    labelNames: ['reason'],
    registers,
  })
  const given = new Counter({
    name: 'shenhuan_transaction_failures_total',
    help: 'Transactions given up after such errors: somebody was asked to try again',
    labelNames: ['reason'],
    registers,
  })
  const moved = new Counter({
    name: 'shenhuan_database_standing_changes_total',
    help: 'Changes of how a node of several stands, by what it became',
    labelNames: ['node', 'standing'],
    registers,
  })
  const deaf = [
    retries.listen(({ reason, isOver }) => (isOver ? given : repeated).inc({ reason })),
    standings.listen(({ node, standing }) => moved.inc({ node, standing })),
  ]
  return () => deaf.forEach((stop) => stop())
}

const connectionsOf = (ds: DataSource): Connections =>
  (ds.driver as unknown as { pool: { connections(): Connections } }).pool.connections()
