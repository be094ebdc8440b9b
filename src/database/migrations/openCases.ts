/**
 * Somebody's open cases, found without walking past the closed ones. With the id at the end, though InnoDB adds it by
 * itself: without it MariaDB 10.11 asks a million cases for the latest of one person by walking all of them (EXPLAIN
 * says PRIMARY), where it had taken the index of the same person and id.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { index } from '../columns.js'
import { addIndex } from '../online.js'

export class ExpandOpenCases1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addIndex(runner, 'help_case', index('help_case_person_state', 'createdBy', 'state', 'id'))
    await addIndex(runner, 'help_case', index('help_case_enterprise_state', 'enterpriseId', 'state', 'id'))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
