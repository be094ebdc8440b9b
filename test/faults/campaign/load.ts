/** Many people at work at once, all through a fault: they ask, sign, answer, rate, record visits and read. */
import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { toWireInstant } from '../../../src/calendar/dates.js'
import type { Cast, Somebody } from './cast.js'
import { type Command, command, type View, viewOf } from './command.js'
import { Ledger } from './ledger.js'
import { type Hands, someManner } from './manners.js'
import { attempt, BUSY } from './sending.js'

export interface LoadOptions {
  clients: number
  /** Multiplies how often clients behave badly. */
  rudeness: number
  /** The share of visits among what people begin. */
  visits: number
  /** Every attempt on a connection of its own: then whoever is refused was not let in. */
  isFresh: boolean
}

export const usualLoad: LoadOptions = { clients: 12, rudeness: 1, visits: 0.25, isFresh: false }

/** How long a command is sent again after the load has ended. */
const GRACE_MS = 45_000
const AGAIN_MS = [100, 300, 700, 1500]
const REORDERED = 0.1
const READS = 0.25
const BAD_RATINGS = 0.1
const LOOKS = 0.1

let matters = 0

export class Load implements Hands {
  readonly ledger = new Ledger()
  private readonly agent: Agent
  private readonly clients: Promise<void>[] = []
  private readonly besides = new Set<Promise<void>>()
  private isOver = false
  private givesUpAt = Number.POSITIVE_INFINITY

  constructor(
    private readonly cast: Cast,
    /** The processes that may be talked to. */
    private readonly urls: () => readonly string[],
    private readonly options: LoadOptions,
  ) {
    this.agent = new Agent({ keepAlive: !options.isFresh, maxSockets: options.clients * 2 })
  }

  begin(): void {
    for (let n = 0; n < this.options.clients; n += 1) this.clients.push(this.client(n))
  }

  /** Nothing new begins; what was begun is settled. */
  async end(): Promise<void> {
    this.isOver = true
    this.givesUpAt = performance.now() + GRACE_MS
    await Promise.all(this.clients)
    while (this.besides.size > 0) await Promise.all(this.besides)
    this.agent.destroy()
  }

  /** Ends at once; nobody waits for what is under way. */
  abandon(): void {
    this.isOver = true
    this.givesUpAt = 0
    this.agent.destroy()
  }

  url(): string {
    const urls = this.urls()
    return urls[Math.floor(Math.random() * urls.length)] ?? ''
  }

  async once(one: Command): Promise<void> {
    await attempt(this.url(), one, this.ledger, this.agent)
  }

  async settle(one: Command): Promise<void> {
    for (let tries = 0; performance.now() < this.givesUpAt; tries += 1) {
      const outcome = await attempt(this.url(), one, this.ledger, this.agent)
      if (outcome === 'done') return
      if (outcome !== 'again') {
        one.refused = outcome.refused
        this.ledger.surprise(outcome.refused)
        return
      }
      await delay((AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? 0) * (0.5 + Math.random()))
    }
    this.ledger.surprise(`${one.verb}: never settled`)
  }

  async mistake(): Promise<void> {
    const refused = command('case.sign', this.cast.officer.token, { id: uuid() })
    await attempt(this.url(), refused, this.ledger, this.agent)
  }

  aside(work: () => Promise<void>): void {
    const going = work().finally(() => this.besides.delete(going))
    this.besides.add(going)
  }

  private async client(n: number): Promise<void> {
    const asker = this.cast.askers[n % this.cast.askers.length] as Somebody
    while (!this.isOver) {
      if (Math.random() < LOOKS) await this.look(asker)
      if (Math.random() < this.options.visits) await this.visit()
      else await this.matter(asker)
    }
  }

  private async matter({ token }: Somebody): Promise<void> {
    matters += 1
    const title = `第${matters}件事`
    const asked = { category: 'procedure' as const, title, text: `${title}：报告表要准备哪些材料？`, fileIds: [] }
    const steps = [command('case.submit', token, { ...asked, districtCode: '210106' })]
    this.ledger.stories.push({ kind: 'case', title, steps })
    const opened = await this.send(steps[0] as Command)
    if (!opened || this.isOver) return

    const officer = this.cast.officer.token
    const { id } = opened
    const answer = command('case.answer', officer, { id, text: `${title}：要两件材料。`, fileIds: [] })
    const sign = command('case.sign', officer, { id })
    steps.push(sign)
    if (Math.random() < REORDERED) {
      steps.push(answer)
      await Promise.all([this.once(answer), this.settle(sign)])
    } else if (!(await this.send(sign)) || this.isOver) return
    else steps.push(answer)
    if (!(await this.send(answer)) || this.isOver) return

    const score = Math.random() < BAD_RATINGS ? 2 : 5
    const rate = command('case.rate', token, { id, score, text: `${title}：评价` })
    steps.push(rate)
    await this.send(rate)
  }

  private async visit(): Promise<void> {
    const id = uuid()
    const { visitor, visitorPostIds, enterpriseId } = this.cast
    const ended = new Date(Date.now() - 3_600_000)
    matters += 1
    const record = command('visit.record', visitor.token, {
      id,
      kind: 'enterprise',
      enterpriseIds: [enterpriseId],
      startedAt: toWireInstant(new Date(ended.getTime() - 1_800_000)),
      endedAt: toWireInstant(ended),
      staffIds: visitorPostIds,
      hosts: [{ name: '王女士' }],
      topics: ['政策解读'],
      summary: `第${matters}次：讲解了材料和时限。`,
      findings: [
        { text: `第${matters}问：当场解决`, isSolved: true },
        { text: `第${matters}问：总量指标从哪里来`, isSolved: false, category: 'procedure' },
      ],
      fileIds: [],
    })
    this.ledger.stories.push({ kind: 'visit', id, steps: [record] })
    await this.send(record)
  }

  /** Sends it in one manner or another; the view, once it is acknowledged. */
  private async send(one: Command): Promise<View | undefined> {
    const manner = someManner(this.options.rudeness)
    await manner.play(one, this)
    if (!manner.isSettled || !one.acknowledged) return undefined
    const view = viewOf(one.acknowledged)
    if (Math.random() < READS) await this.read(one, view)
    return view
  }

  /** Whoever has been answered finds at least that when they look, wherever they look. */
  private async read({ verb, token }: Command, { id, version }: View): Promise<void> {
    const reading = verb === 'visit.record' ? 'visit.read' : 'case.read'
    const found = (await this.get(`${reading}?id=${id}`, token)) as View | undefined
    if (found && found.version < version) this.ledger.surprise(`${reading}: older than acknowledged`)
  }

  /** The lists that people open: their own, the officer's desk, the board. */
  private async look({ token }: Somebody): Promise<void> {
    const { officer, supervisor } = this.cast
    await this.get('case.list?scope=mine&limit=20', token)
    await this.get('case.list?scope=todo&limit=20', officer.token)
    await this.get('board.overview', supervisor.token)
  }

  /** What a query answers; undefined while nobody does. */
  private async get(query: string, token: string): Promise<unknown> {
    try {
      const response = await fetch(`${this.url()}/api/${query}`, {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(15_000),
      })
      const body: unknown = await response.json()
      if (response.status === 200) return body
      if (!BUSY.has(response.status)) this.ledger.surprise(`${query.replace(/\?.*/, '')}: ${response.status}`)
    } catch {
      // The process died, or does not answer: reading proves nothing then.
    }
    return undefined
  }
}
