/** Visits, each firm's answer and confirmation, the officials, the findings, and the pauses firms asked for. */
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
  primary,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'

export class Visits1763900000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'visit',
      [
        ...tracked(),
        varchar('state', 10),
        varchar('kind', 10),
        optional(key('projectId')),
        optional(key('unitId')),
        day('week'),
        optional(day('plannedOn')),
        optional(varchar('plannedTime', 5)),
        day('onDate'),
        optional(key('plannedByPostId')),
        json('topics'),
        optional(text('note')),
        optional(varchar('cancelReason', 200)),
        optional(instant('startedAt')),
        optional(instant('endedAt')),
        optional(json('place')),
        boolean('isPlaceOdd'),
        optional(text('hostsSealed')),
        optional(text('summary')),
        optional(key('recordedByPostId')),
        optional(instant('recordedAt')),
        optional(varchar('bodyHash', 64)),
        instant('createdAt'),
      ],
      [
        index('visit_unit', 'unitId', 'onDate', 'id'),
        index('visit_day', 'onDate', 'id'),
        index('visit_in_state', 'state', 'onDate', 'id'),
        index('visit_project', 'projectId', 'onDate'),
      ],
    )
    await createTable(
      runner,
      'visit_enterprise',
      [
        ...tracked(),
        key('visitId'),
        key('enterpriseId'),
        varchar('state', 10),
        day('onDate'),
        optional(instant('answeredAt')),
        optional(key('answeredBy')),
        optional(varchar('declinedHow', 12)),
        optional(text('reason')),
        optional(instant('confirmedAt')),
        optional(key('confirmedBy')),
        optional(key('signatureFileId')),
        optional(integer('satisfaction')),
        optional(text('remark')),
      ],
      [
        unique('visit_enterprise_pair', 'visitId', 'enterpriseId'),
        index('visit_enterprise_firm', 'enterpriseId', 'onDate'),
        index('visit_enterprise_answered', 'answeredBy'),
        index('visit_enterprise_confirmed', 'confirmedBy'),
      ],
    )
    await createTable(
      runner,
      'visit_staff',
      [primary(key('id')), key('visitId'), key('postId')],
      [unique('visit_staff_pair', 'visitId', 'postId'), index('visit_staff_post', 'postId', 'visitId')],
    )
    await createTable(
      runner,
      'visit_finding',
      [
        primary(key('id')),
        key('visitId'),
        text('text'),
        boolean('isSolved'),
        optional(varchar('category', 20)),
        optional(key('enterpriseId')),
        optional(key('caseId')),
      ],
      [index('visit_finding_visit', 'visitId', 'id'), index('visit_finding_case', 'caseId')],
    )
    await createTable(
      runner,
      'visit_pause',
      [
        ...tracked(),
        key('enterpriseId'),
        optional(key('projectId')),
        key('visitId'),
        varchar('how', 12),
        day('fromOn'),
        optional(day('untilOn')),
        optional(key('createdBy')),
        instant('createdAt'),
        optional(day('liftedOn')),
        optional(key('liftedBy')),
      ],
      [
        index('visit_pause_firm', 'enterpriseId', 'fromOn'),
        index('visit_pause_project', 'projectId', 'fromOn'),
        index('visit_pause_person', 'createdBy'),
        index('visit_pause_lifter', 'liftedBy'),
      ],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
