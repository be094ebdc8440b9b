/** Cases for the board's tests: rows as the service would have left them, with their days told in plain words. */
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { instantAt } from '../../src/calendar/dates.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { write } from '../factories.js'
import type { Caller, World } from '../world.js'

let count = 0

export async function someCase(w: World, fields: Partial<HelpCase> & { createdOn: string }): Promise<HelpCase> {
  count += 1
  const at = instantAt(fields.createdOn, '09:00')
  const end = (day: string | null | undefined) => (day ? instantAt(day, '15:00') : null)
  return write(w, (db) =>
    create(db, HelpCase, {
      id: uuid(),
      number: `QZ${fields.createdOn.replaceAll('-', '')}-T${String(count).padStart(4, '0')}`,
      state: 'handling',
      review: 'passed',
      source: 'help',
      category: 'procedure',
      title: '报告表要准备什么',
      text: '请问报告表审批要准备哪些材料？',
      createdBy: null,
      createdAt: at,
      enterpriseId: null,
      projectId: null,
      guideId: null,
      visitId: null,
      districtCode: null,
      unitId: null,
      officerPostId: null,
      aboutUnitId: null,
      aboutPostId: null,
      answeredByPostId: null,
      round: 1,
      clock: [{ kind: 'start', at: at.toISOString() }],
      allowedWorkdays: 5,
      dueOn: '2026-12-31',
      isProvisional: false,
      signDueOn: '2026-12-31',
      signedAt: null,
      answeredAt: end(fields.answeredOn),
      answeredOn: null,
      usedWorkdays: null,
      isInTime: null,
      closesOn: null,
      closedAt: end(fields.closedOn),
      closedOn: null,
      urgedOn: null,
      extensions: 0,
      pendingExtension: null,
      pendingDecline: null,
      rating: null,
      ...fields,
    }),
  )
}

interface Numbered {
  value: number | null
  of?: number
  filter: { verb: string; input: object } | null
}

/** Every number of an answer that says where it can be looked up, by its path. */
export function numbersOf(answer: unknown, path = ''): [path: string, number: Numbered][] {
  if (typeof answer !== 'object' || answer === null) return []
  const own: [string, Numbered][] =
    'filter' in answer && answer.filter !== null && 'value' in answer ? [[path, answer as unknown as Numbered]] : []
  const inner = Object.entries(answer).filter(([key]) => key !== 'filter')
  return [...own, ...inner.flatMap(([key, value]) => numbersOf(value, path === '' ? key : `${path}.${key}`))]
}

/** How many lines a list has, through all of its pages. */
export async function linesOf(caller: Caller, { verb, input }: { verb: string; input: object }): Promise<number> {
  let lines = 0
  for (let cursor: string | undefined; ; ) {
    const { status, body } = await caller.try(verb, {
      ...input,
      limit: 50,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (status !== 200) throw new Error(`${verb} ${JSON.stringify(input)}: ${status} ${JSON.stringify(body)}`)
    lines += body.items.length
    if (body.next === null) return lines
    cursor = body.next
  }
}
