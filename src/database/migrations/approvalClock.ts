/** What a project's row keeps of its approval clock, and which kind of approval it is. The service fills the copies in. */
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm'
import { index } from '../columns.js'

/** In words that both databases understand; TypeORM's own would write the whole table anew on SQLite. */
const columns = [
  'isImmediate boolean NULL',
  'greenChannel varchar(16) NULL',
  'acceptedOn varchar(10) NULL',
  'decidedOn varchar(10) NULL',
  'promisedDueOn varchar(10) NULL',
  'legalDueOn varchar(10) NULL',
  'usedWorkdays integer NULL',
  'usedDays integer NULL',
]

const indices = [
  index('project_promised', 'promisedDueOn', 'id'),
  index('project_legal', 'legalDueOn', 'id'),
  index('project_decided', 'decidedOn', 'id'),
]

export class ApprovalClock1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.query(`ALTER TABLE project ADD COLUMN ${column}`)
    for (const one of indices) await runner.createIndex('project', new TableIndex(one))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
