/** The daily roll-up of cases. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, day, index, integer, key, primary, varchar } from '../columns.js'
import { addIndex } from '../online.js'

const counts = () => [
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
]

export class Board1763900000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dayAndUnit = () => [primary(day('day')), primary(key('unitId'))]
    await createTable(runner, 'case_day', [...dayAndUnit(), primary(key('officerPostId')), ...counts()])
    await createTable(runner, 'category_day', [...dayAndUnit(), primary(varchar('category', 20)), ...counts()])
    await createTable(runner, 'late_end', [
      primary(day('day')),
      primary(day('dueOn')),
      primary(key('unitId')),
      integer('cases'),
    ])
    // Complaints kept from whom they are about are taken out of their sums.
    await addIndex(runner, 'help_case', index('help_case_about_post', 'aboutPostId'))
    await addIndex(runner, 'help_case', index('help_case_about_unit', 'aboutUnitId'))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
