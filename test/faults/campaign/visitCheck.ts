/** Holds one recorded visit against what was promised of it. */
import type { Cast } from './cast.js'
import type { Promised } from './caseCheck.js'
import type { Rows } from './rows.js'
import type { VisitStory } from './story.js'
import type { Verdict } from './verdict.js'

export function checkVisit(story: VisitStory, rows: Rows, cast: Cast, promised: Promised, verdict: Verdict): void {
  const { lost, doubled, halfDone } = verdict
  const { id, steps } = story
  const [record] = steps
  const what = `visit ${String(record.input['summary'])}`
  const [visit, ...more] = rows.visits.get(id) ?? []
  if (more.length > 0) doubled.push(`${what}: recorded ${more.length + 1} times`)
  if (!visit && promised.has(record)) return void lost.push(`${what}: acknowledged, and not there`)

  const isThere = visit ? 1 : 0
  const compare = (name: string, count: number, wanted: number) => {
    if (count < wanted) halfDone.push(`${what} without its ${name}`)
    if (count > wanted && wanted === 0) halfDone.push(`${what} not there, but its ${name} is`)
    if (count > wanted && wanted > 0) doubled.push(`${what}: ${count} times its ${name}`)
  }
  const asked = record.input['findings'] as { text: string; isSolved: boolean }[]
  const findings = rows.findings.get(id) ?? []
  compare('findings', findings.length, isThere * asked.length)
  const cases = rows.casesByVisit.get(id) ?? []
  compare('case', cases.length, isThere * asked.filter(({ isSolved }) => !isSolved).length)
  for (const one of cases) {
    if (!findings.some(({ caseId }) => caseId === one.id)) halfDone.push(`${what}: its case belongs to no finding`)
    compare('notice of the new case', tellings(rows, one.id, cast.officer.personId), 1)
  }
  compare('trail entry', (rows.trail.get(id) ?? []).filter(({ verb }) => verb === 'visit.record').length, isThere)
  compare('notice', tellings(rows, id, cast.member.personId), isThere)
  if (!visit) return
  if (visit.state !== 'held' || visit.summary !== record.input['summary']) lost.push(`${what}: says something else`)
  for (const { text } of asked) {
    if (!findings.some((one) => one.text === text)) lost.push(`${what}: its finding 「${text}」 is gone`)
  }
}

const tellings = (rows: Rows, subjectId: string, personId: string) =>
  (rows.notices.get(subjectId) ?? []).filter((one) => one.personId === personId).length
