/**
 * After a fault, with every process stopped: was anything lost, doubled or left half done? Reads the data through a
 * service of its own, first as it was left, then once more after every client has sent each of its commands again.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Reply, post } from '../asking.js'
import { drain, inside, later, prove } from '../ground.js'
import { checkCase, type Promised } from './caseCheck.js'
import { type Acknowledgement, type Command, type View, viewOf } from './command.js'
import type { Place } from './place.js'
import { readRows, type Rows } from './rows.js'
import type { Story } from './story.js'
import { faultless, type Verdict } from './verdict.js'
import { checkVisit } from './visitCheck.js'

const AT_ONCE = 8

/** `asOf`: what was acknowledged later (by `performance.now()`) counts as unknown. */
export function check(place: Place, stories: readonly Story[], asOf = Number.POSITIVE_INFINITY): Promise<Verdict> {
  return inside(place.env, later, async ({ house, url }) => {
    const verdict = faultless()
    const promised = new Map<Command, Acknowledgement>()
    for (const command of stories.flatMap(({ steps }) => steps)) {
      const { acknowledged } = command
      if (acknowledged && acknowledged.at <= asOf) promised.set(command, acknowledged)
    }
    await drain(house)
    compare(stories, await readRows(house), place, promised, verdict)
    await ask(url, stories, promised, verdict)

    const again = await sendAgain(url, stories, promised, verdict)
    await drain(house)
    compare(stories, await readRows(house), place, again, verdict)
    for (const finding of await prove(house)) verdict.trail.push(JSON.stringify(finding))
    return verdict
  })
}

function compare(stories: readonly Story[], rows: Rows, { cast }: Place, promised: Promised, verdict: Verdict): void {
  const titles = new Set<string>()
  for (const story of stories) {
    if (story.kind === 'visit') checkVisit(story, rows, cast, promised, verdict)
    else {
      titles.add(story.title)
      checkCase(story, rows, cast, promised, verdict)
    }
  }
  const visits = new Set(stories.flatMap((story) => (story.kind === 'visit' ? [story.id] : [])))
  for (const { title, number, visitId } of rows.cases) {
    const isAsked = visitId === null ? titles.has(title) : visits.has(visitId)
    if (!isAsked) verdict.doubled.push(`${number} ${title}: nobody asked for it`)
  }
  for (const { kind, state, lastError } of rows.jobsLeft) {
    verdict.halfDone.push(`the job ${kind} is ${state}${lastError === null ? '' : `: ${lastError}`}`)
  }
}

/** People look at what they were promised, as the mini-program shows it to them. */
async function ask(url: string, stories: readonly Story[], promised: Promised, { lost }: Verdict): Promise<void> {
  await eachOf(stories, async ({ kind, steps }) => {
    const known = steps.flatMap((step) => promised.get(step) ?? [])
    const [first] = known
    const token = steps[0]?.token
    if (!first || token === undefined) return
    const { id } = viewOf(first)
    const reading = kind === 'visit' ? 'visit.read' : 'case.read'
    const response = await fetch(`${url}/api/${reading}?id=${id}`, { headers: { Authorization: `Bearer ${token}` } })
    const found = (await response.json()) as View & Record<string, unknown>
    if (response.status !== 200) return void lost.push(`${reading} of ${id} answers ${response.status}`)
    for (const view of known.map(viewOf) as (View & Record<string, unknown>)[]) {
      if (found.version < view.version) lost.push(`${reading} of ${id}: an older state than was acknowledged`)
      for (const field of ['number', 'title', 'text', 'summary', 'answeredAt', 'rating'] as const) {
        const isSaid = view[field] !== undefined && view[field] !== null
        if (isSaid && !isDeepStrictEqual(found[field], view[field])) lost.push(`${reading} of ${id}: another ${field}`)
      }
    }
  })
}

/** Every client sends everything once more; what each command is now answered with. */
async function sendAgain(
  url: string,
  stories: readonly Story[],
  promised: Promised,
  { lost, doubled, halfDone }: Verdict,
): Promise<Promised> {
  const again = new Map<Command, Acknowledgement>()
  await eachOf(stories, async ({ steps }) => {
    for (const command of steps) {
      if (command.refused !== undefined) return
      const { status, body } = await repeat(url, command)
      const what = `${command.verb} ${command.key} sent again`
      const before = promised.get(command)
      if (status !== 200) {
        const answer = `${status} ${String(body.title)}`
        return void (before
          ? halfDone.push(`${what}: ${answer}, its answer was not kept`)
          : lost.push(`${what}: ${answer}`))
      }
      const text = JSON.stringify(body)
      if (before && before.text !== text) doubled.push(`${what}: another answer than the first`)
      again.set(command, { at: performance.now(), text })
      // A case that was not there before has another id now: what followed on the old one has no ground.
      const isAnother = command.acknowledged && viewOf(command.acknowledged).id !== (body as View).id
      if (isAnother && !before) return
    }
  })
  return again
}

const repeat = (url: string, { verb, input, token, key }: Command): Promise<Reply> =>
  post(url, verb, input, { Authorization: `Bearer ${token}`, 'Idempotency-Key': key })

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values()
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (const one of rest) await work(one)
  })
  await Promise.all(hands)
}
