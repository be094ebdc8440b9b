/** A line of a tip's timeline knows the lead by which a branch was asked to check on site. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { key, optional } from '../columns.js'
import { addColumn } from '../online.js'

export class ExpandTipChecks1796800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'tip_entry', optional(key('leadId')))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
