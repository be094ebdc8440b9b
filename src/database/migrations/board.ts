/** The daily roll-up of cases. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, day, integer, key, primary, varchar } from '../columns.js'

export class Board1763900000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'case_day', [
      primary(day('day')),
      primary(key('unitId')),
      primary(key('officerPostId')),
      primary(varchar('category', 20)),
      integer('submitted'),
      integer('answered'),
      integer('answeredInTime'),
      integer('usedWorkdays'),
      integer('promisedWorkdays'),
      integer('closed'),
      integer('declined'),
      integer('withdrawn'),
      integer('rating1'),
      integer('rating2'),
      integer('rating3'),
      integer('rating4'),
      integer('rating5'),
    ])
    await createTable(runner, 'late_end', [
      primary(day('day')),
      primary(day('dueOn')),
      primary(key('unitId')),
      integer('cases'),
    ])
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
