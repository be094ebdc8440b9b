/** What a project's row keeps of its approval clock, and which kind of approval it is. The service fills the copies in. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { boolean, day, index, integer, optional, varchar } from '../columns.js'
import { addColumn, addIndex } from '../online.js'

const columns = [
  boolean('isImmediate'),
  varchar('greenChannel', 16),
  day('acceptedOn'),
  day('decidedOn'),
  day('promisedDueOn'),
  day('legalDueOn'),
  integer('usedWorkdays'),
  integer('usedDays'),
]

const indices = [
  index('project_promised', 'promisedDueOn', 'id'),
  index('project_legal', 'legalDueOn', 'id'),
  index('project_decided', 'decidedOn', 'id'),
]

export class ApprovalClock1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await addColumn(runner, 'project', optional(column))
    for (const one of indices) await addIndex(runner, 'project', one)
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
