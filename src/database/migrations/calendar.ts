/** Years of the working-day calendar that clerks import. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, integer, json, tracked, unique } from '../columns.js'

export class Calendar1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'calendar_year',
      [...tracked(), integer('year'), json('content')],
      [unique('calendar_year_year', 'year')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
