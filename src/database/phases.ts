// What a migration means to programs that do not know it yet: its name says so, and with its name the database does.
//
// `Expand…` adds what older programs may ignore: they go on serving, and may start again. `Contract…` takes away what only
// they need: it is run by `npm run contract`, once none of them serves. Any other name is of the former way: everything
// stands still meanwhile, and older programs refuse from then on.

import type { DataSource, MigrationInterface } from 'typeorm'

export type Phase = 'expand' | 'contract' | 'standstill'

export function phaseOf(name: string): Phase {
  if (/^Expand[A-Z]/.test(name)) return 'expand'
  return /^Contract[A-Z]/.test(name) ? 'contract' : 'standstill'
}

export const nameOf = (migration: MigrationInterface): string => migration.name ?? migration.constructor.name

/** The migrations that this program knows, in the order in which they run. */
export const knownTo = (ds: DataSource): string[] => ds.migrations.map(nameOf)

/** What a serving process says of its program, so that a contraction can tell whether one still needs the old. */
export const livesWith = (contraction: string): string => `migration ${contraction}`

export const contractionsOf = (ds: DataSource): string[] => knownTo(ds).filter((name) => phaseOf(name) === 'contract')

/** The database was written by a newer version of the program, which this one would damage. */
export class NewerDatabase extends Error {
  constructor(unknown: string[]) {
    super(`数据库比程序新（${unknown.join('、')}），请换用新版本的程序`)
    this.name = 'NewerDatabase'
  }
}

/** Names of the migrations that the database has. */
export async function appliedTo(ds: DataSource): Promise<string[]> {
  const runner = ds.createQueryRunner()
  try {
    if (!(await runner.hasTable('migrations'))) return []
    const rows: { name: string }[] = await runner.query('SELECT name FROM migrations')
    return rows.map(({ name }) => name)
  } finally {
    await runner.release()
  }
}

/** @throws NewerDatabase when the database is ahead by more than additions. */
export async function refuseNewer(ds: DataSource): Promise<void> {
  const known = new Set(knownTo(ds))
  const strange = (await appliedTo(ds)).filter((name) => !known.has(name) && phaseOf(name) !== 'expand')
  if (strange.length > 0) throw new NewerDatabase(strange)
}
