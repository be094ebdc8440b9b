/** Task forces with their meetings and decisions, approvals handed over, and help by the expert groups with its deadline. */
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
import { addColumn, addIndex } from '../online.js'

export class TaskForce1795900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'unit', optional(key('parentId')))
    await addColumn(runner, 'case_share', optional(day('dueOn')))
    await addIndex(runner, 'case_share', index('case_share_due', 'dueOn'))
    await teams(runner)
    await meetings(runner)
    await decisions(runner)
    await handovers(runner)
    await createTable(
      runner,
      'guide_question',
      [
        ...tracked(),
        key('guideId'),
        key('caseId'),
        varchar('caseNumber', 24),
        text('question'),
        text('answer'),
        varchar('state', 10),
        key('proposedByPostId'),
        instant('proposedAt'),
        optional(key('settledByPostId')),
        optional(instant('settledAt')),
        optional(text('note')),
      ],
      [index('guide_question_state', 'state', 'id'), index('guide_question_case', 'caseId', 'id')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}

async function teams(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'team',
    [...tracked(), varchar('level', 10), key('unitId'), varchar('name', 60), boolean('isActive')],
    [unique('team_of_unit', 'unitId')],
  )
  await createTable(
    runner,
    'team_member',
    [primary(key('id')), key('teamId'), key('postId'), varchar('duty', 10)],
    [unique('team_member_pair', 'teamId', 'postId'), index('team_member_post', 'postId', 'teamId')],
  )
}

async function meetings(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'meeting',
    [
      ...tracked(),
      key('teamId'),
      key('unitId'),
      varchar('state', 10),
      day('onDate'),
      optional(varchar('time', 5)),
      optional(varchar('place', 100)),
      varchar('topic', 200),
      optional(text('summary')),
      optional(varchar('cancelReason', 200)),
      optional(key('plannedByPostId')),
      optional(key('recordedByPostId')),
      optional(instant('recordedAt')),
      instant('createdAt'),
    ],
    [
      index('meeting_day', 'onDate', 'id'),
      index('meeting_in_state', 'state', 'onDate', 'id'),
      index('meeting_unit', 'unitId', 'onDate', 'id'),
      index('meeting_team', 'teamId', 'onDate', 'id'),
    ],
  )
  await createTable(
    runner,
    'meeting_attendance',
    [
      primary(key('id')),
      key('meetingId'),
      key('postId'),
      optional(boolean('isPresent')),
      optional(varchar('excuse', 200)),
    ],
    [unique('meeting_attendance_pair', 'meetingId', 'postId'), index('meeting_attendance_post', 'postId', 'meetingId')],
  )
  await createTable(
    runner,
    'meeting_project',
    [primary(key('id')), key('meetingId'), key('projectId')],
    [
      unique('meeting_project_pair', 'meetingId', 'projectId'),
      index('meeting_project_project', 'projectId', 'meetingId'),
    ],
  )
  await createTable(
    runner,
    'meeting_issue',
    [
      primary(key('id')),
      key('meetingId'),
      text('text'),
      varchar('way', 8),
      day('raisedOn'),
      optional(varchar('category', 20)),
      optional(key('projectId')),
      optional(key('projectIssueId')),
      optional(key('caseId')),
    ],
    [
      index('meeting_issue_meeting', 'meetingId', 'id'),
      index('meeting_issue_case', 'caseId'),
      index('meeting_issue_day', 'raisedOn'),
    ],
  )
}

async function decisions(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'decision',
    [
      ...tracked(),
      key('meetingId'),
      key('unitId'),
      text('text'),
      optional(key('projectId')),
      key('responsiblePostId'),
      day('dueOn'),
      varchar('state', 10),
      optional(day('reportedOn')),
      optional(day('closedOn')),
      optional(key('closedByPostId')),
      day('madeOn'),
    ],
    [
      index('decision_meeting', 'meetingId', 'id'),
      index('decision_post', 'responsiblePostId', 'dueOn', 'id'),
      index('decision_unit', 'unitId', 'dueOn', 'id'),
      index('decision_day', 'dueOn', 'id'),
      index('decision_in_state', 'state', 'dueOn', 'id'),
    ],
  )
  await createTable(
    runner,
    'decision_word',
    [primary(key('id')), key('decisionId'), varchar('kind', 10), text('text'), optional(key('postId')), instant('at')],
    [index('decision_word_decision', 'decisionId', 'id')],
  )
}

async function handovers(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'handover_list',
    [
      ...tracked(),
      varchar('month', 7),
      varchar('state', 12),
      optional(instant('sentAt')),
      optional(key('sentByPostId')),
    ],
    [unique('handover_list_month', 'month')],
  )
  await createTable(
    runner,
    'handover_line',
    [
      ...tracked(),
      key('listId'),
      key('projectId'),
      integer('projectVersion'),
      optional(key('unitId')),
      varchar('projectName', 120),
      varchar('firmName', 100),
      optional(varchar('documentType', 12)),
      optional(varchar('approvalNumber', 60)),
      day('approvedOn'),
      optional(day('withdrawnOn')),
    ],
    [
      unique('handover_line_once', 'projectId', 'projectVersion'),
      index('handover_line_list', 'listId', 'id'),
      index('handover_line_unit', 'unitId', 'listId'),
      index('handover_line_approved', 'approvedOn'),
    ],
  )
  await createTable(
    runner,
    'handover_receipt',
    [...tracked(), key('listId'), key('unitId'), key('postId'), instant('at'), json('remarks')],
    [unique('handover_receipt_pair', 'listId', 'unitId')],
  )
}
