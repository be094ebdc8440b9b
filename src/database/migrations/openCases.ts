/** Somebody's open cases, found without walking past the closed ones. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { index } from '../columns.js'
import { addIndex } from '../online.js'

export class ExpandOpenCases1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addIndex(runner, 'help_case', index('help_case_person_state', 'createdBy', 'state'))
    await addIndex(runner, 'help_case', index('help_case_enterprise_state', 'enterpriseId', 'state'))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
