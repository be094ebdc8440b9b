/** The window's ledger, the review of the rejection register, appeals and second ratings. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  boolean,
  createTable,
  day,
  index,
  instant,
  integer,
  json,
  key,
  optional,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'
import { addColumn, addIndex } from '../online.js'

const added = {
  rejection: [
    key('applicationId'),
    varchar('state', 10),
    text('remark'),
    key('reviewedByPostId'),
    day('reviewedOn'),
    text('correction'),
    key('correctedByPostId'),
    day('correctedOn'),
  ],
  rectification: [
    text('appealText'),
    key('appealedByPostId'),
    day('appealedOn'),
    day('appealDueOn'),
    varchar('appealResult', 10),
    text('appealFinding'),
    day('appealDecidedOn'),
    integer('secondScore'),
    day('secondOn'),
  ],
}

export class Applications1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'application',
      [
        ...tracked(),
        varchar('number', 24),
        varchar('state', 14),
        key('guideId'),
        varchar('guideCode', 40),
        varchar('guideTitle', 200),
        integer('guideVersion'),
        key('enterpriseId'),
        optional(key('projectId')),
        key('unitId'),
        key('receivedByPostId'),
        instant('createdAt'),
        day('receivedOn'),
        json('materials'),
        boolean('wasComplete'),
        day('noticeDueOn'),
        boolean('isProvisional'),
        optional(day('noticedOn')),
        optional(key('noticedByPostId')),
        optional(json('noticeItems')),
        optional(text('noticeText')),
        optional(day('suppliedOn')),
        optional(day('acceptedOn')),
        optional(varchar('acceptedHow', 14)),
        optional(integer('promisedWorkdays')),
        optional(day('decideDueOn')),
        optional(varchar('approvalNumber', 80)),
        optional(json('pendingRefusal')),
        optional(varchar('refusalGround', 20)),
        optional(varchar('refusalBasis', 200)),
        optional(text('refusalReason')),
        optional(text('returnNote')),
        optional(day('endedOn')),
        optional(text('endNote')),
      ],
      [
        unique('application_number', 'number'),
        index('application_unit', 'unitId', 'id'),
        index('application_receiver', 'receivedByPostId', 'id'),
        index('application_enterprise', 'enterpriseId', 'id'),
        index('application_project', 'projectId', 'id'),
        index('application_state', 'state', 'noticeDueOn'),
        index('application_received', 'receivedOn'),
      ],
    )
    for (const [table, columns] of Object.entries(added)) {
      for (const column of columns) await addColumn(runner, table, optional(column))
    }
    await addIndex(runner, 'rejection', index('rejection_state', 'state', 'id'))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
