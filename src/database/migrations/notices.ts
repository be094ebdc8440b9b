/** The inbox, WeChat messages on their way, and the grants to send them. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  createTable,
  index,
  instant,
  integer,
  json,
  key,
  optional,
  primary,
  text,
  unique,
  varchar,
} from '../columns.js'

export class Notices1763900000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'notice',
      [
        primary(key('id')),
        key('personId'),
        varchar('subjectKind', 20),
        key('subjectId'),
        optional(varchar('template', 40)),
        varchar('title', 200),
        text('text'),
        instant('at'),
        optional(instant('readAt')),
        optional(varchar('uniqueKey', 120)),
      ],
      [
        unique('notice_once', 'personId', 'uniqueKey'),
        index('notice_person', 'personId', 'id'),
        index('notice_unread', 'personId', 'readAt', 'id'),
        index('notice_subject', 'subjectKind', 'subjectId', 'id'),
        index('notice_read', 'readAt'),
      ],
    )
    await createTable(
      runner,
      'delivery',
      [
        primary(key('id')),
        key('noticeId'),
        key('personId'),
        varchar('template', 40),
        optional(json('content')),
        varchar('state', 10),
        integer('attempts'),
        optional(integer('errcode')),
        optional(varchar('reason', 200)),
        optional(varchar('msgId', 40)),
        instant('createdAt'),
        optional(instant('settledAt')),
      ],
      [unique('delivery_notice', 'noticeId'), index('delivery_person', 'personId')],
    )
    await createTable(
      runner,
      'message_grant',
      [primary(key('id')), key('personId'), varchar('template', 40), integer('count'), instant('changedAt')],
      [unique('message_grant_person', 'personId', 'template')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
