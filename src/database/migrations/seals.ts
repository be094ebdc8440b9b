/** The days of the trail that have been sealed. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, day, integer, tracked, unique, varchar } from '../columns.js'

export class Seals1763900000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [...tracked(), day('day'), integer('entries'), varchar('mac', 64)]
    await createTable(runner, 'audit_seal', columns, [unique('audit_seal_day', 'day')])
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
