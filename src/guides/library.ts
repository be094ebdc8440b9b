/** The published guides as this process holds them: the search index, and answers as bytes made ready. */
import { LRUCache } from 'lru-cache'
import type { EntityManager } from 'typeorm'
import { In, IsNull, Not } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import { readyBytes } from '../http/ready.js'
import type { Ready } from '../http/serve.js'
import { type GuideContent, GuideLevel } from './content.js'
import { Guide } from './guide.js'
import { GuideComment } from './guideComment.js'
import { GuideVersion } from './guideVersion.js'
import { type Laws, turningDays } from './laws.js'
import { buildIndex, type GuideIndex, type SearchItem } from './search.js'
import { readSources, type Sources } from './sources.js'
import { textOf } from './text.js'
import { commentView, type Edition, guideView } from './view.js'

/** Of each guide's answered comments, this many are shown, newest first. */
export const SHOWN_COMMENTS = 50
const KEPT_BYTES = 8 * 1024 * 1024
const YIELD_EVERY = 10

export interface Found {
  guide: Edition
  titleMarks: SearchItem['titleMarks']
  snippet: SearchItem['snippet']
}

export class GuideLibrary {
  readonly laws: Laws
  private readonly byKey = new Map<string, Edition>()
  private readonly answers = new LRUCache<string, Ready>({ maxSize: KEPT_BYTES, sizeCalculation: sizeOf })
  private readonly pages = new Map<string, Ready>()
  private readonly turningDays: readonly string[]
  private pagesFrom = ''
  private pagesUntil = ''

  /** `guides` in the order in which they are listed. */
  constructor(
    readonly guides: readonly Edition[],
    private readonly index: GuideIndex,
    { laws }: Pick<Sources, 'laws'>,
  ) {
    this.laws = laws
    this.turningDays = turningDays(laws)
    for (const guide of guides) this.byKey.set(guide.id, guide).set(guide.code, guide)
  }

  get size(): number {
    return this.guides.length
  }

  /** A published guide by its id or its code. */
  find(key: string): Edition | undefined {
    return this.byKey.get(key)
  }

  /** Without words, all guides in their order. */
  search(q: string | undefined, level: GuideLevel | undefined, limit: number, offset: number) {
    if (q === undefined) {
      const open = this.guides.filter(({ content }) => level === undefined || content.level === level)
      const items = open.slice(offset, offset + limit).map((guide): Found => {
        const text = guide.content.summary
        return { guide, titleMarks: [], snippet: { text, marks: [] } }
      })
      return { items, total: open.length }
    }
    const { items, total } = this.index.search(q, { limit, offset, ...(level === undefined ? {} : { level }) })
    return {
      items: items.flatMap(({ id, titleMarks, snippet }): Found[] => {
        const guide = this.byKey.get(id)
        return guide ? [{ guide, titleMarks, snippet }] : []
      }),
      total,
    }
  }

  /** The bytes of an answer that only a revision of the guides can change, made once. */
  answer(key: string, make: () => unknown): Ready {
    const kept = this.answers.get(key)
    if (kept) return kept
    const ready = readyBytes(JSON.stringify(make()))
    this.answers.set(key, ready)
    return ready
  }

  /** The bytes of a published guide's page, the same until a law begins or ceases to hold. */
  page(key: string, now: Date): Ready | undefined {
    const guide = this.byKey.get(key)
    if (!guide) return undefined
    const day = dateOf(now)
    if (day < this.pagesFrom || day >= this.pagesUntil) this.turnTo(day)
    const made = this.pages.get(guide.id)
    if (made) return made
    const page = readyBytes(JSON.stringify(guideView(guide, { laws: this.laws, day, find: (code) => this.find(code) })))
    this.pages.set(guide.id, page)
    return page
  }

  private turnTo(day: string): void {
    this.pages.clear()
    this.pagesFrom = this.turningDays.findLast((one) => one <= day) ?? ''
    this.pagesUntil = this.turningDays.find((one) => one > day) ?? '9999-12-31'
  }
}

/** Reads what is published and lets other work run in between. */
export async function readGuides(db: EntityManager): Promise<GuideLibrary> {
  const sources = readSources()
  const editions = await publishedEditions(db)
  const docs = editions.map(({ id, code, content }) => {
    const { title, aliases, level } = content
    return { id, code, title, aliases, level, body: textOf(content) }
  })
  return new GuideLibrary(inOrder(editions), await buildIndex(docs, sources.synonyms, YIELD_EVERY), sources)
}

async function publishedEditions(db: EntityManager): Promise<Edition[]> {
  const guides = await db.find(Guide, { where: { publishedVersionId: Not(IsNull()) }, order: { code: 'ASC' } })
  const comments = await publicComments(db)
  const editions: Edition[] = []
  for (let at = 0; at < guides.length; at += YIELD_EVERY) {
    const some = guides.slice(at, at + YIELD_EVERY)
    const ids = some.map((guide) => guide.publishedVersionId as string)
    const versions = new Map((await db.findBy(GuideVersion, { id: In(ids) })).map((one) => [one.id, one]))
    for (const guide of some) {
      const version = versions.get(guide.publishedVersionId ?? '')
      if (version) editions.push(editionOf(guide, version, comments.get(guide.id) ?? []))
    }
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return editions
}

/** A version known to be whole: only such are published. */
export function editionOf(guide: Guide, version: GuideVersion, comments: Edition['comments']): Edition {
  const { state, number, filingNumber, filedOn, publishedOn } = version
  const content = version.content as GuideContent
  return { id: guide.id, code: content.code, state, number, filingNumber, filedOn, publishedOn, content, comments }
}

/** Answered and passed comments by guide, newest first; of one guide or of all. */
export async function publicComments(db: EntityManager, guideId?: string): Promise<Map<string, Edition['comments']>> {
  const rows = await db.find(GuideComment, {
    where: { review: 'passed', answeredAt: Not(IsNull()), ...(guideId === undefined ? {} : { guideId }) },
    order: { id: 'DESC' },
    ...(guideId === undefined ? {} : { take: SHOWN_COMMENTS }),
  })
  const byGuide = new Map<string, Edition['comments']>()
  for (const row of rows) {
    const shown = byGuide.get(row.guideId) ?? []
    if (shown.length < SHOWN_COMMENTS) byGuide.set(row.guideId, [...shown, commentView(row)])
  }
  return byGuide
}

/** Those that lead to other guides first, then those that most others lead to. */
function inOrder(guides: readonly Edition[]): Edition[] {
  const leads = guides.flatMap(({ content }) => [
    ...content.related,
    ...(content.ways ?? []).flatMap(({ guideCode }) => guideCode ?? []),
  ])
  const count = new Map<string, number>()
  for (const code of leads) count.set(code, (count.get(code) ?? 0) + 1)
  const waysOf = ({ content }: Edition) => ((content.ways ?? []).length > 0 ? 1 : 0)
  const leadsTo = ({ code }: Edition) => count.get(code) ?? 0
  return guides.toSorted(
    (a, b) => waysOf(b) - waysOf(a) || leadsTo(b) - leadsTo(a) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

function sizeOf({ body, gzip }: Ready): number {
  return body.length + gzip.length + 512
}
