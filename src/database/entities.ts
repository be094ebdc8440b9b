/** Every table's entity and every migration, in the order in which they run. */
import { applicationEntities } from '../applications/entities.js'
import { AuditEntry } from '../audit/auditEntry.js'
import { Job } from '../audit/job.js'
import { Revision } from '../audit/revision.js'
import { AuditSeal } from '../audit/seal.js'
import { boardEntities } from '../board/entities.js'
import { CalendarYear } from '../calendar/calendarYear.js'
import { caseEntities } from '../cases/entities.js'
import { PersonKey } from '../encryption/personKey.js'
import { ExcelRun } from '../excel/excelRun.js'
import { StoredFile } from '../files/storedFile.js'
import { guideEntities } from '../guides/entities.js'
import { handoverEntities } from '../handovers/entities.js'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { leadEntities } from '../leads/entities.js'
import { noticeEntities } from '../notices/entities.js'
import { Absence } from '../people/absence.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import { Session } from '../people/session.js'
import { Unit } from '../people/unit.js'
import { projectEntities } from '../projects/entities.js'
import { serviceSheetEntities } from '../serviceSheets/entities.js'
import { rewardEntities } from '../rewards/entities.js'
import { taskForceEntities } from '../taskForce/entities.js'
import { tipEntities } from '../tips/entities.js'
import { visitEntities } from '../visits/entities.js'
import { ApprovalClock1795700000000 } from './migrations/approvalClock.js'
import { Applications1795800000000 } from './migrations/applications.js'
import { Board1763900000016 } from './migrations/board.js'
import { Calendar1763900000003 } from './migrations/calendar.js'
import { Cases1763900000010 } from './migrations/cases.js'
import { Excel1796100000000 } from './migrations/excel.js'
import { Files1763900000014 } from './migrations/files.js'
import { Guides1763900000011 } from './migrations/guides.js'
import { House1763900000001 } from './migrations/house.js'
import { ExpandLeads1796500000000 } from './migrations/leads.js'
import { Notices1763900000015 } from './migrations/notices.js'
import { ExpandOpenCases1796300000000 } from './migrations/openCases.js'
import { People1763900000002 } from './migrations/people.js'
import { Projects1763900000012 } from './migrations/projects.js'
import { ExpandRewards1796600000000 } from './migrations/rewards.js'
import { Seals1763900000018 } from './migrations/seals.js'
import { TaskForce1795900000000 } from './migrations/taskForce.js'
import { ExpandTipRelease1796700000000 } from './migrations/tipRelease.js'
import { ExpandTips1796400000000 } from './migrations/tips.js'
import { ExpandTipChecks1796800000000 } from './migrations/tipChecks.js'
import { VisitPhotos1763900000017 } from './migrations/visitPhotos.js'
import { ServiceSheets1796000000000 } from './migrations/serviceSheets.js'
import { Visits1763900000013 } from './migrations/visits.js'

const house = [AuditEntry, AuditSeal, Job, Revision, IdempotencyRecord]
const people = [Unit, Post, Person, PersonKey, Session, Enterprise, Membership, Absence]

export const entities = [
  ...house,
  ...people,
  CalendarYear,
  ...guideEntities,
  ...caseEntities,
  ...applicationEntities,
  ...projectEntities,
  ...serviceSheetEntities,
  ...visitEntities,
  StoredFile,
  ExcelRun,
  ...noticeEntities,
  ...boardEntities,
  ...taskForceEntities,
  ...handoverEntities,
  ...tipEntities,
  ...leadEntities,
  ...rewardEntities,
]

export const migrations = [
  House1763900000001,
  People1763900000002,
  Calendar1763900000003,
  Cases1763900000010,
  Guides1763900000011,
  Projects1763900000012,
  Visits1763900000013,
  Files1763900000014,
  Notices1763900000015,
  Board1763900000016,
  VisitPhotos1763900000017,
  Seals1763900000018,
  ApprovalClock1795700000000,
  Applications1795800000000,
  TaskForce1795900000000,
  ServiceSheets1796000000000,
  Excel1796100000000,
  ExpandOpenCases1796300000000,
  ExpandTips1796400000000,
  ExpandLeads1796500000000,
  ExpandRewards1796600000000,
  ExpandTipRelease1796700000000,
  ExpandTipChecks1796800000000,
]
