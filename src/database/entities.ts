/** Every table's entity and every migration, in the order in which they run. */
import { AuditEntry } from '../audit/auditEntry.js'
import { Job } from '../audit/job.js'
import { Revision } from '../audit/revision.js'
import { CalendarYear } from '../calendar/calendarYear.js'
import { caseEntities } from '../cases/entities.js'
import { PersonKey } from '../encryption/personKey.js'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { Absence } from '../people/absence.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import { Session } from '../people/session.js'
import { Unit } from '../people/unit.js'
import { Calendar1763900000003 } from './migrations/calendar.js'
import { Cases1763900000010 } from './migrations/cases.js'
import { House1763900000001 } from './migrations/house.js'
import { People1763900000002 } from './migrations/people.js'

const house = [AuditEntry, Job, Revision, IdempotencyRecord]
const people = [Unit, Post, Person, PersonKey, Session, Enterprise, Membership, Absence]

export const entities = [...house, ...people, CalendarYear, ...caseEntities]

export const migrations = [House1763900000001, People1763900000002, Calendar1763900000003, Cases1763900000010]
