/** A new line of the rejection register (否决事项备案), which waits for the supervisor to look at it. */
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { Rejection } from './rejection.js'

type Refused = Pick<
  Rejection,
  | 'kind'
  | 'caseId'
  | 'applicationId'
  | 'enterpriseId'
  | 'projectId'
  | 'unitId'
  | 'basis'
  | 'reason'
  | 'proposedByPostId'
  | 'agreedByPostId'
>

export const registerRejection = (db: EntityManager, now: Date, refused: Refused): Promise<Rejection> =>
  create(db, Rejection, { id: idAt(now), ...refused, registeredOn: dateOf(now), ...unreviewed })

export const unreviewed = {
  state: 'registered' as const,
  remark: null,
  reviewedByPostId: null,
  reviewedOn: null,
  correction: null,
  correctedByPostId: null,
  correctedOn: null,
}
