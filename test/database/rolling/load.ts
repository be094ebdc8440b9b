/** People at work at several processes at once: they ask, sign, answer, read and log in, and every answer is kept. */
import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { type Ask, asks, logIn, post, send } from '../../faults/asking.js'

export interface Load {
  /** Whom the next requests go to, one after the other. */
  urls: string[]
  /** Cases asked for and answered, all acknowledged. */
  done: Ask[]
  /** Whatever was answered with anything but 200. */
  refused: string[]
  /** Once so many more cases are done. */
  more(count: number): Promise<void>
  /** Once every request that is under way has been answered. */
  turn(): Promise<void>
  end(): Promise<void>
}

interface People {
  tokens: string[]
  officerToken: string
}

const AT_ONCE = 4
/** People pause: what follows from their requests keeps up with them. */
const PAUSE_MS = 200

export function startLoad(people: People, first: string[]): Load {
  const load = { urls: first, done: [] as Ask[], refused: [] as string[] }
  const agent = new Agent({ keepAlive: true })
  let isOver = false
  let n = 0
  const next = () => load.urls[n++ % load.urls.length] ?? ''
  let failed: unknown
  const rounds: number[] = Array.from({ length: AT_ONCE }, () => 0)

  async function command(verb: string, body: unknown, token: string): Promise<void> {
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': uuid() }
    const reply = await post(next(), verb, body, headers, agent)
    if (reply.status !== 200) load.refused.push(`${verb}: ${reply.status} ${JSON.stringify(reply.body)}`)
  }

  async function round(): Promise<void> {
    const [ask] = asks(people.tokens, 1) as [Ask]
    const reply = await send(next(), ask, agent)
    if (reply.status !== 200)
      return void load.refused.push(`case.submit: ${reply.status} ${JSON.stringify(reply.body)}`)
    const { caseId: id } = ask
    await command('case.sign', { id }, people.officerToken)
    await command('case.answer', { id, text: `${ask.title}：请备齐申请书。` }, people.officerToken)
    const read = await fetch(`${next()}/api/case.read?id=${id}`, { headers: { Authorization: `Bearer ${ask.token}` } })
    const seen = (await read.json()) as { state?: string }
    if (seen.state !== 'answered') load.refused.push(`case.read: ${read.status} ${JSON.stringify(seen)}`)
    await logIn(next(), `asker-${n % people.tokens.length}`)
    load.done.push(ask)
  }

  const working = rounds.map(async (_, i) => {
    while (!isOver) {
      await round()
      await delay(PAUSE_MS)
      rounds[i] = (rounds[i] ?? 0) + 1
    }
  })
  void Promise.all(working).catch((error: unknown) => {
    failed = error
  })

  const until = async (holds: () => boolean) => {
    while (!holds()) {
      if (failed) throw failed
      await delay(20)
    }
  }
  return Object.assign(load, {
    more: (count: number) => {
      const goal = load.done.length + count
      return until(() => load.done.length >= goal || load.refused.length > 0)
    },
    turn: () => {
      const before = [...rounds]
      return until(() => rounds.every((now, i) => now > (before[i] ?? 0) + 1))
    },
    async end() {
      isOver = true
      await Promise.all(working)
      agent.destroy()
    },
  })
}
