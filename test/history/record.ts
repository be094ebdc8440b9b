/** Lets everybody work on the same cases at once, and writes down what they did, when, and what they were told. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Act, bodyOf, type Chance, newMark, nextAct } from './acts.js'
import { type Gathered, gather, type Sent } from './gather.js'
import type { Seen } from './model.js'
import { everybody, type Who } from './people.js'
import { answerFrom, seenFrom } from './reading.js'
import { type Cast, newKey } from './stage.js'

export interface Plan {
  /** Services on the same data; everybody asks each of them in turn. */
  urls: readonly string[]
  cast: Cast
  /** Worked on at the same time. */
  casesAtOnce: number
  /** How much each person does with each case. */
  actsEach: number
  /** Ends sooner once this says so: no new case is begun. */
  isOver?: () => boolean
  /** How many cases, where nothing ends it. */
  cases?: number
  /** What was not answered is sent again under its key until it is. */
  isPersistent?: boolean
  chance?: Chance
}

export interface History extends Gathered {
  caseId: string
  /** Why there was no case to work on. */
  failure?: string
}

const KEYED = 0.8
const TWINS = 0.15
const PATIENCE_MS = 30_000
/** Whoever is refused because the service is away tries again after this long, so often at most. */
const AGAIN_MS = 100
const MOST_TRIES = 300

/** One history for each case; the moments are this process's own, in milliseconds. */
export async function record(plan: Plan): Promise<History[]> {
  const histories: History[] = []
  let begun = 0
  const isMore = () => !plan.isOver?.() && begun < (plan.cases ?? Infinity)
  const lane = async () => {
    while (isMore()) {
      begun += 1
      histories.push(await recordCase(plan))
    }
  }
  await Promise.all(Array.from({ length: plan.casesAtOnce }, lane))
  return histories
}

async function recordCase(plan: Plan): Promise<History> {
  const [caseId, failure] = await submit(plan)
  if (failure !== undefined) return { caseId, failure, operations: [], unequal: [] }
  const sent: Sent[] = []
  const wire = new Map<Sent, string>()
  const read = { verb: 'case.read', input: {} } as const
  await Promise.all(everybody.map((who) => takePart(plan, caseId, who, sent, wire)))
  // What stands in the end, as everybody is shown it.
  for (const who of everybody) await attempt(plan, caseId, who, read, undefined, sent, wire)
  return { caseId, ...gather(sent, (one) => wire.get(one)) }
}

async function takePart(plan: Plan, caseId: string, who: Who, sent: Sent[], wire: Map<Sent, string>): Promise<void> {
  const { chance = Math.random } = plan
  let last: Seen | undefined
  // To a stranger there is only one answer.
  const acts = who === 'stranger' ? Math.ceil(plan.actsEach / 4) : plan.actsEach
  for (let n = 0; n < acts; n += 1) {
    const act = nextAct(chance, last)
    const key = act.verb !== 'case.read' && chance() < KEYED ? newKey() : undefined
    const times = key !== undefined && chance() < TWINS ? 2 : 1
    const answers = await Promise.all(
      Array.from({ length: times }, () => attempt(plan, caseId, who, act, key, sent, wire)),
    )
    last = answers.find((seen) => seen !== undefined) ?? last
  }
}

/** Sends it, once or until it is answered; what was seen, if it was done. */
async function attempt(
  plan: Plan,
  caseId: string,
  who: Who,
  act: Act,
  key: string | undefined,
  sent: Sent[],
  wire: Map<Sent, string>,
): Promise<Seen | undefined> {
  const seen = seenFrom(plan.cast)
  const tries = plan.isPersistent && (key !== undefined || act.verb === 'case.read') ? MOST_TRIES : 1
  for (let n = 0; n < tries; n += 1) {
    const one: Sent = {
      who,
      ...act,
      start: performance.now(),
      end: Infinity,
      answer: 'unknown',
      ...(key ? { key } : {}),
    }
    sent.push(one)
    const reply = await ask(
      plan,
      act.verb,
      bodyOf(caseId, act, (name) => plan.cast.posts[name].postId),
      who,
      key,
    )
    if (reply !== undefined) {
      const answer = answerFrom(seen, reply.status, JSON.parse(reply.text))
      if (answer !== 'unknown') {
        Object.assign(one, { end: reply.at, answer })
        wire.set(one, reply.text)
        return 'seen' in answer ? answer.seen : undefined
      }
    }
    if (n + 1 < tries) await delay(AGAIN_MS)
  }
  return undefined
}

let turn = 0

/** What came back, and when; undefined where nothing did. */
async function ask(plan: Plan, verb: string, body: object, who: Who, key: string | undefined) {
  turn += 1
  const url = plan.urls[turn % plan.urls.length] ?? ''
  const headers = {
    Authorization: `Bearer ${plan.cast.tokens[who]}`,
    'Content-Type': 'application/json',
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const isReading = verb === 'case.read'
  const query = isReading ? `?id=${(body as { id: string }).id}` : ''
  try {
    const response = await fetch(`${url}/api/${verb}${query}`, {
      method: isReading ? 'GET' : 'POST',
      headers,
      signal,
      ...(isReading ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, at: performance.now() }
  } catch {
    return undefined
  }
}

/** The new case; or why it was refused, or not answered however often it was sent. */
async function submit(plan: Plan): Promise<[caseId: string, failure?: string]> {
  const { projectId, enterpriseId } = plan.cast
  const text = `请问要哪些材料？${newMark()}`
  const body = { category: 'procedure', title: '报告表要准备什么', text, projectId, enterpriseId }
  const key = newKey()
  for (let n = 0; n < MOST_TRIES; n += 1) {
    const reply = await ask(plan, 'case.submit', body, 'asker', key)
    if (reply?.status === 200) return [(JSON.parse(reply.text) as { id: string }).id]
    if (reply !== undefined && reply.status !== 503) return ['', `case.submit answered ${reply.status} ${reply.text}`]
    if (!plan.isPersistent) break
    await delay(AGAIN_MS)
  }
  return ['', 'case.submit was not answered']
}
