/** Service sheets as issued, and firms that asked to be bound to a project by one. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, day, index, instant, integer, json, key, optional, tracked, unique, varchar } from '../columns.js'

export class ServiceSheets1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'service_sheet',
      [
        ...tracked(),
        key('projectId'),
        varchar('number', 20),
        integer('edition'),
        day('issuedOn'),
        optional(key('issuedByPostId')),
        json('content'),
        optional(key('fileId')),
        varchar('codeHash', 64),
        day('codeExpiresOn'),
        optional(instant('codeRevokedAt')),
        optional(instant('receivedAt')),
        optional(key('receivedBy')),
      ],
      [
        unique('service_sheet_edition', 'projectId', 'edition'),
        unique('service_sheet_code', 'codeHash'),
        index('service_sheet_issued', 'issuedOn'),
      ],
    )
    await createTable(
      runner,
      'project_bind',
      [
        ...tracked(),
        key('projectId'),
        key('sheetId'),
        key('enterpriseId'),
        optional(key('personId')),
        varchar('state', 10),
        instant('askedAt'),
        optional(key('decidedByPostId')),
        optional(instant('decidedAt')),
        optional(varchar('reason', 200)),
      ],
      [
        index('project_bind_project', 'projectId', 'id'),
        index('project_bind_person', 'personId', 'id'),
        index('project_bind_state', 'state', 'id'),
      ],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
