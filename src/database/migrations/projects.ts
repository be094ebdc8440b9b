/** The ledger of major projects, their stages and what holds them up. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  boolean,
  createTable,
  day,
  index,
  instant,
  integer,
  key,
  optional,
  primary,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'

export class Projects1763900000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'project',
      [
        ...tracked(),
        varchar('book', 10),
        varchar('name', 120),
        optional(varchar('projectCode', 40)),
        optional(key('enterpriseId')),
        varchar('builderName', 100),
        optional(varchar('districtCode', 6)),
        optional(key('unitId')),
        optional(varchar('park', 60)),
        optional(varchar('industryCode', 5)),
        optional(varchar('industry', 60)),
        optional(varchar('classMajor', 60)),
        optional(varchar('classMinor', 120)),
        optional(text('scale')),
        optional(integer('investmentHundreds')),
        optional(integer('environmentalInvestmentHundreds')),
        optional(varchar('nature', 10)),
        boolean('startsThisYear'),
        optional(day('plannedStartOn')),
        optional(day('plannedProductionOn')),
        optional(varchar('documentType', 12)),
        optional(varchar('approvalLevel', 10)),
        optional(varchar('approvalUnit', 60)),
        optional(varchar('compiler', 100)),
        optional(text('compilerLeadSealed')),
        integer('compileProgress'),
        optional(day('plannedSubmitOn')),
        optional(varchar('permitType', 12)),
        optional(varchar('totalQuota', 200)),
        varchar('careLevel', 6),
        optional(key('cityLeaderPostId')),
        optional(key('branchLeaderPostId')),
        optional(key('officerPostId')),
        varchar('stage', 12),
        day('stageOn'),
        optional(day('careEndedOn')),
        optional(varchar('approvalNumber', 60)),
        optional(text('contactNameSealed')),
        optional(text('contactPhoneSealed')),
        optional(day('lastContactOn')),
        optional(day('nextFollowUpOn')),
        instant('createdAt'),
        instant('updatedAt'),
      ],
      [
        unique('project_code', 'book', 'projectCode'),
        index('project_code_start', 'projectCode', 'id'),
        index('project_name', 'name', 'id'),
        index('project_book', 'book', 'id'),
        index('project_enterprise', 'enterpriseId', 'id'),
        index('project_officer', 'officerPostId', 'id'),
        index('project_branch_leader', 'branchLeaderPostId', 'id'),
        index('project_city_leader', 'cityLeaderPostId', 'id'),
        index('project_unit', 'unitId', 'id'),
        index('project_in_stage', 'stage', 'id'),
        index('project_care', 'careEndedOn', 'id'),
      ],
    )
    await createTable(
      runner,
      'project_stage',
      [
        primary(key('id')),
        key('projectId'),
        varchar('stage', 12),
        day('stageOn'),
        boolean('isBack'),
        optional(varchar('note', 300)),
        optional(key('movedByPostId')),
        instant('at'),
      ],
      [index('project_stage_project', 'projectId', 'id')],
    )
    await createTable(
      runner,
      'project_issue',
      [
        ...tracked(),
        key('projectId'),
        text('text'),
        optional(text('measures')),
        optional(key('responsiblePostId')),
        optional(key('responsibleUnitId')),
        day('openedOn'),
        optional(day('solvedOn')),
        optional(key('caseId')),
      ],
      [index('project_issue_project', 'projectId', 'id'), index('project_issue_case', 'caseId')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
