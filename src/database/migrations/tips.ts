/** Tips about violations, their lines, who looked at whom, and, apart, who informed. */
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
import { addColumn } from '../online.js'

export class ExpandTips1796400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'tip',
      [
        ...tracked(),
        varchar('number', 20),
        varchar('codeHash', 64),
        varchar('state', 12),
        varchar('violation', 16),
        varchar('firmName', 100),
        optional(varchar('creditCode', 18)),
        varchar('firmKey', 100),
        optional(varchar('districtCode', 6)),
        optional(varchar('address', 200)),
        optional(json('point')),
        optional(varchar('happened', 100)),
        text('text'),
        boolean('isNamed'),
        boolean('wantsReward'),
        day('receivedOn'),
        day('acceptBy'),
        optional(day('concludeBy')),
        optional(day('dueOn')),
        boolean('isProvisional'),
        key('unitId'),
        optional(key('handlerPostId')),
        optional(day('answeredOn')),
        optional(day('verifiedOn')),
        optional(key('verifiedByPostId')),
        optional(key('verifiedBy')),
        optional(varchar('finding', 12)),
        optional(text('facts')),
        optional(key('sameMatterId')),
        optional(day('endedOn')),
        optional(key('concludedByPostId')),
        optional(key('concludedBy')),
        optional(varchar('decision', 12)),
        optional(varchar('decisionNumber', 60)),
        optional(day('decidedOn')),
        optional(integer('penaltyFen')),
        optional(text('reply')),
        boolean('isPriority'),
        optional(varchar('priorityReason', 500)),
      ],
      [
        unique('tip_number', 'number'),
        index('tip_in_state', 'state', 'dueOn'),
        index('tip_received', 'receivedOn', 'id'),
        index('tip_firm', 'firmKey', 'receivedOn'),
        index('tip_handler', 'handlerPostId', 'state'),
        index('tip_verifier', 'verifiedByPostId'),
      ],
    )
    await createTable(
      runner,
      'tip_entry',
      [
        primary(key('id')),
        key('tipId'),
        integer('seq'),
        varchar('verb', 30),
        instant('at'),
        optional(text('text')),
        optional(key('postId')),
      ],
      [unique('tip_entry_tip', 'tipId', 'seq'), index('tip_entry_said', 'verb', 'at')],
    )
    await createTable(
      runner,
      'tip_look',
      [primary(key('id')), key('tipId'), key('postId'), optional(key('personId')), text('text'), instant('at')],
      [index('tip_look_tip', 'tipId', 'id')],
    )
    await createTable(
      runner,
      'informer',
      [
        primary(key('id')),
        varchar('tipRef', 64),
        optional(varchar('personRef', 64)),
        text('sealed'),
        varchar('keyId', 40),
      ],
      [unique('informer_tip', 'tipRef'), index('informer_person', 'personRef'), index('informer_key', 'keyId')],
    )
    await addColumn(runner, 'stored_file', optional(varchar('uploaderRef', 64)))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
