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

/** What has been recorded of one case. */
interface Round {
  plan: Plan
  caseId: string
  sent: Sent[]
  /** Answers as they came. */
  texts: Map<Sent, string>
}

async function recordCase(plan: Plan): Promise<History> {
  const [caseId, failure] = await submit(plan)
  if (failure !== undefined) return { caseId, failure, operations: [], unequal: [] }
  const round: Round = { plan, caseId, sent: [], texts: new Map() }
  await Promise.all(everybody.map((who) => takePart(round, who)))
  // What stands in the end, as everybody is shown it.
  for (const who of everybody) await attempt(round, who, { verb: 'case.read', input: {} })
  return { caseId, ...gather(round.sent, (one) => round.texts.get(one)) }
}

async function takePart(round: Round, who: Who): Promise<void> {
  const { chance = Math.random, actsEach } = round.plan
  let last: Seen | undefined
  // To a stranger there is only one answer.
  const acts = who === 'stranger' ? Math.ceil(actsEach / 4) : actsEach
  for (let n = 0; n < acts; n += 1) {
    const act = nextAct(chance, last)
    const key = act.verb !== 'case.read' && chance() < KEYED ? newKey() : undefined
    const times = key !== undefined && chance() < TWINS ? 2 : 1
    const answers = await Promise.all(Array.from({ length: times }, () => attempt(round, who, act, key)))
    last = answers.find((seen) => seen !== undefined) ?? last
  }
}

/** Sends it, once or until it is answered; what was seen, if it was done. */
async function attempt(round: Round, who: Who, act: Act, key?: string): Promise<Seen | undefined> {
  const { plan, caseId, sent, texts } = round
  const body = bodyOf(caseId, act, (name) => plan.cast.posts[name].postId)
  const isRepeated = plan.isPersistent && (key !== undefined || act.verb === 'case.read')
  for (let tries = isRepeated ? MOST_TRIES : 1; tries > 0; tries -= 1) {
    const one: Sent = { who, ...act, start: performance.now(), end: Infinity, answer: 'unknown', ...(key && { key }) }
    const reply = await ask(plan, act.verb, body, who, key)
    if (reply !== 'not reached') sent.push(one)
    const answer = typeof reply === 'string' ? 'unknown' : answerFrom(seenFrom(plan.cast), reply.status, reply.text)
    if (typeof reply !== 'string' && answer !== 'unknown') {
      Object.assign(one, { end: reply.at, answer })
      texts.set(one, reply.text)
      return 'seen' in answer ? answer.seen : undefined
    }
    if (tries > 1) await delay(AGAIN_MS)
  }
  return undefined
}

interface Reply {
  status: number
  text: string
  /** When it had come. */
  at: number
}

let turn = 0

/** What came back. */
async function ask(
  plan: Plan,
  verb: string,
  body: object,
  who: Who,
  key: string | undefined,
): Promise<Reply | 'not answered' | 'not reached'> {
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
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    return code === 'ECONNREFUSED' ? 'not reached' : 'not answered'
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
    if (typeof reply !== 'string') {
      if (reply.status === 200) return [(JSON.parse(reply.text) as { id: string }).id]
      if (reply.status !== 503) return ['', `case.submit answered ${reply.status} ${reply.text}`]
    }
    if (!plan.isPersistent) break
    await delay(AGAIN_MS)
  }
  return ['', 'case.submit was not answered']
}
