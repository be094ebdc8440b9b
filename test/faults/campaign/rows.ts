/** The data as it stands, read once and laid out by what it belongs to. */
import type { Service } from '../../../src/service.js'

export interface CaseRow {
  id: string
  title: string
  number: string
  state: string
  review: string
  version: number
  rating: number | null
  visitId: string | null
}

export interface Notice {
  subjectId: string
  personId: string
  template: string | null
  title: string
}

export interface Rows {
  cases: CaseRow[]
  casesByTitle: Map<string, CaseRow[]>
  casesByVisit: Map<string, CaseRow[]>
  /** By case: the lines of its timeline. */
  entries: Map<string, { caseId: string; verb: string; text: string | null }[]>
  ratings: Map<string, { caseId: string; score: number; text: string | null }[]>
  /** By case: what follows from a bad rating. */
  rectifications: Map<string, { caseId: string }[]>
  visits: Map<string, { id: string; state: string; version: number; summary: string | null }[]>
  findings: Map<string, { visitId: string; text: string; caseId: string | null }[]>
  /** By subject: what the trail says was done to it. */
  trail: Map<string, { subjectId: string; verb: string }[]>
  /** By subject. */
  notices: Map<string, Notice[]>
  jobsLeft: { kind: string; state: string; lastError: string | null }[]
}

function by<T>(rows: readonly T[], key: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = key(row)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}

export async function readRows({ ds }: Service['house']): Promise<Rows> {
  const all = async <T>(sql: string): Promise<T[]> => (await ds.query(sql)) as T[]
  const cases = await all<CaseRow>('SELECT id, title, number, state, review, version, rating, visitId FROM help_case')
  const ofCase = <T extends { caseId: string }>(rows: T[]) => by(rows, ({ caseId }) => caseId)
  const ofSubject = <T extends { subjectId: string }>(rows: T[]) => by(rows, ({ subjectId }) => subjectId)
  return {
    cases,
    casesByTitle: by(
      cases.filter(({ visitId }) => visitId === null),
      ({ title }) => title,
    ),
    casesByVisit: by(cases, ({ visitId }) => visitId),
    entries: ofCase(await all('SELECT caseId, verb, text FROM case_entry')),
    ratings: ofCase(await all('SELECT caseId, score, text FROM rating')),
    rectifications: ofCase(await all('SELECT caseId FROM rectification')),
    visits: by(
      await all<{ id: string; state: string; version: number; summary: string }>(
        'SELECT id, state, version, summary FROM visit',
      ),
      ({ id }) => id,
    ),
    findings: by(
      await all<{ visitId: string; text: string; caseId: string | null }>(
        'SELECT visitId, text, caseId FROM visit_finding',
      ),
      ({ visitId }) => visitId,
    ),
    trail: ofSubject(await all('SELECT subjectId, verb FROM audit_entry')),
    notices: ofSubject(await all('SELECT subjectId, personId, template, title FROM notice')),
    jobsLeft: await all(`SELECT kind, state, lastError FROM job WHERE state <> 'done'`),
  }
}
