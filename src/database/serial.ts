// Lets one caller at a time use the embedded database's single connection.
//
// TypeORM hands all callers the same SQLite query runner, so that the statements of concurrent requests join
// whichever transaction happens to be open, and are lost when that one rolls back. Here each caller has a runner
// of its own and waits in line: a transaction holds the connection from BEGIN to COMMIT, a single query for itself.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { DataSource } from 'typeorm'
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js'
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js'

type Release = () => void

/**
 * The driver answers without leaving the event loop, so that a line of transactions would run through as one: after
 * this long, whatever else the process has to do comes first.
 */
const BREATH_MS = 5

/** The level SQLite has in any case: who names it will only read, and takes no write lock (snapshot.ts). */
export const READING: IsolationLevel = 'SERIALIZABLE'

/** Waiting would never end: the connection is held by the transaction that the caller itself is in. */
export class OutsideTransaction extends Error {
  constructor() {
    super('Query outside the open transaction: use the entity manager that the transaction gave')
    this.name = 'OutsideTransaction'
  }
}

interface Scope {
  ds: DataSource
  isOpen: boolean
  outer: Scope | undefined
}

/** The transaction that the running code is in, if any. One for all databases: each store makes every promise dearer. */
const scopes = new AsyncLocalStorage<Scope>()

function scopeOn(ds: DataSource): Scope | undefined {
  let scope = scopes.getStore()
  while (scope && scope.ds !== ds) scope = scope.outer
  return scope
}

export function serialize(ds: DataSource): DataSource {
  const driver = ds.driver as BetterSqlite3Driver
  const statements = new Map<string, unknown>()
  let lastInLine: Promise<void> = Promise.resolve()
  let breathedAt = performance.now()

  async function takeTurn(): Promise<Release> {
    if (scopeOn(ds)?.isOpen) throw new OutsideTransaction()
    const before = lastInLine
    let release: Release = () => {}
    lastInLine = new Promise((resolve) => {
      release = () => {
        if (performance.now() - breathedAt < BREATH_MS) return resolve()
        setImmediate(() => {
          breathedAt = performance.now()
          resolve()
        })
      }
    })
    await before
    return release
  }

  class SerialRunner extends BetterSqlite3QueryRunner {
    private endTurn: Release | undefined
    private isReading = false

    constructor() {
      super(driver)
      Object.assign(this, { stmtCache: statements })
    }

    override async startTransaction(level?: IsolationLevel): Promise<void> {
      if (!this.endTurn) {
        const release = await takeTurn()
        const here = scopeOn(ds)
        if (here) here.isOpen = true
        this.endTurn = () => {
          if (here) here.isOpen = false
          release()
        }
      }
      this.isReading = level === READING
      await super.startTransaction()
    }

    override async commitTransaction(): Promise<void> {
      await super.commitTransaction()
      if (!this.isTransactionActive) this.giveUpTurn()
    }

    override async rollbackTransaction(): Promise<void> {
      await super.rollbackTransaction()
      if (!this.isTransactionActive) this.giveUpTurn()
    }

    override async release(): Promise<void> {
      this.giveUpTurn()
      await super.release()
    }

    // oxlint-disable-next-line typescript/no-explicit-any -- as TypeORM declares it
    override async query(sql: string, parameters?: unknown[], structured = false): Promise<any> {
      // A writer that starts as a reader could be refused in the middle: take the write lock at once.
      const statement = sql === 'BEGIN TRANSACTION' && !this.isReading ? 'BEGIN IMMEDIATE TRANSACTION' : sql
      if (this.endTurn) return super.query(statement, parameters, structured as true)
      const release = await takeTurn()
      try {
        return await super.query(statement, parameters, structured as true)
      } finally {
        release()
      }
    }

    override async afterMigration(): Promise<void> {
      statements.clear()
      await super.afterMigration()
    }

    /** A failed BEGIN, COMMIT or ROLLBACK must not leave the connection in a transaction, or in this one's hands. */
    private giveUpTurn(): void {
      const release = this.endTurn
      if (!release) return
      this.endTurn = undefined
      try {
        if (driver.databaseConnection.inTransaction) driver.databaseConnection.exec('ROLLBACK')
      } finally {
        release()
      }
    }
  }

  driver.createQueryRunner = () => new SerialRunner()

  const { manager } = ds
  const transaction = manager.transaction.bind(manager) as (...args: unknown[]) => Promise<unknown>
  manager.transaction = (async (...args: unknown[]) => {
    if (scopeOn(ds)?.isOpen) throw new OutsideTransaction()
    return scopes.run({ ds, isOpen: false, outer: scopes.getStore() }, transaction, ...args)
  }) as typeof manager.transaction
  return ds
}
