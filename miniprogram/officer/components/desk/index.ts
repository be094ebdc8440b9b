// The officer’s desk: what is due, new and waiting, whom to visit this week, what is still to be sent. Each part is
// fetched for itself: one that fails does not hide the others.
import type { CaseItem, ItemOf } from '../../../services/api'
import { call } from '../../../services/call'
import { clockText, instantNow, today, weekdayText } from '../../../services/dates'
import { Failure, sentenceOf } from '../../../services/failure'
import { openFilter } from '../../../services/filters'
import { outbox } from '../../../services/phoneOutbox'
import { currentMe } from '../../../services/session'
import { ownPosts, weekOf } from '../../services/known'
import { byUrgency, type DueLine, dueLineOf, isToDo } from '../../services/week'
import { type Counted, lineOf, openRectifications, type Source, tiles, type TileLine } from './tiles'

/** As many as a list gives at once; beyond, the number has a plus. */
const COUNTED = 100
const SHOWN = 5

/** How each stops listening to the outbox. */
const stops = new WeakMap<object, () => void>()

Component({
  data: {
    day: '',
    greeting: '',
    standsInFor: '',
    tiles: tiles.map((tile) => lineOf(tile, undefined)) as TileLine[],
    counted: {} as Partial<Record<Source, Counted>>,
    cases: [] as CaseItem[],
    casesState: 'loading' as 'loading' | 'ready' | 'failed',
    casesFailure: '',
    hasMoreCases: false,
    visits: [] as DueLine[],
    visitsState: 'loading' as 'loading' | 'ready' | 'failed',
    visitsFailure: '',
    visitsSaid: '',
    unsent: '',
    isRefused: false,
  },
  lifetimes: {
    attached() {
      this.greet()
      this.countOutbox()
      stops.set(
        this,
        outbox.onChange(() => this.countOutbox()),
      )
    },
    detached() {
      stops.get(this)?.()
    },
  },
  methods: {
    /** Fetches what is shown anew. */
    async refresh() {
      this.greet()
      this.countOutbox()
      await Promise.all([this.fetchCases(), this.fetchAssisting(), this.fetchRectifications(), this.fetchVisits()])
    },
    greet() {
      const me = currentMe()
      const others = [...new Set(ownPosts().flatMap(({ standsInFor }) => standsInFor.map(({ name }) => name)))]
      const name = me?.name ?? ownPosts()[0]?.name ?? ''
      this.setData({
        day: weekdayText(today()),
        greeting: [name, greetingAt(clockText(instantNow()))].filter(Boolean).join('，'),
        standsInFor: others.length > 0 ? `您正替${others.join('、')}的岗，他们的诉求也在这里` : '',
      })
    },
    take(source: Source, counted: Counted | undefined) {
      const all = { ...this.data.counted, [source]: counted }
      this.setData({ counted: all, tiles: tiles.map((tile) => lineOf(tile, all[tile.source])) })
    },
    async fetchCases() {
      try {
        const { items, next } = await call('case.list', { scope: 'todo', limit: COUNTED })
        this.take('todo', { items, total: items.length, hasMore: next !== null })
        // The enterprise's turn is not ours.
        const mine = items.filter(({ state }) => state !== 'waiting')
        this.setData({ cases: mine.slice(0, SHOWN), hasMoreCases: mine.length > SHOWN, casesState: 'ready' })
      } catch (error) {
        this.fail('cases', error)
      }
    },
    async fetchAssisting() {
      this.take('assisting', await totalOf(() => call('case.list', { scope: 'assisting', limit: COUNTED })))
    },
    async fetchRectifications() {
      const ask = () => call('rectification.list', { states: openRectifications, limit: COUNTED })
      this.take('rectifications', await totalOf(ask))
    },
    async fetchVisits() {
      try {
        const { items } = await weekOf('this')
        const own = ownPosts().map(({ id }) => id)
        const open = items.filter(isToDo).sort(byUrgency)
        this.setData({
          visits: open.slice(0, SHOWN).map((item) => dueLineOf(item, own)),
          visitsSaid: visitsSaying(items),
          visitsState: 'ready',
        })
      } catch (error) {
        this.fail('visits', error)
      }
    },
    /** What is there stays; only where there is nothing yet is the failure shown in its place. */
    fail(part: 'cases' | 'visits', error: unknown) {
      if (!(error instanceof Failure)) console.error(error)
      if (this.data[`${part}State`] !== 'ready') {
        this.setData({ [`${part}State`]: 'failed', [`${part}Failure`]: sentenceOf(error) })
      }
    },
    countOutbox() {
      const waiting = outbox.all().filter(({ state }) => state !== 'sent')
      const refused = waiting.filter(({ state }) => state === 'refused').length
      const drafts = waiting.filter(({ state }) => state === 'draft').length
      const queued = waiting.length - refused - drafts
      const said = [
        refused > 0 ? `${refused}份没有成功` : '',
        queued > 0 ? `${queued}份等着发送` : '',
        drafts > 0 ? `${drafts}份草稿` : '',
      ]
      this.setData({ unsent: said.filter(Boolean).join('，'), isRefused: refused > 0 })
    },
    openTile({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { name: string }>) {
      const tile = tiles.find(({ name }) => name === currentTarget.dataset.name)
      if (tile) openFilter({ verb: tile.verb, input: { ...tile.input } }, tile.word)
    },
    openCases() {
      openFilter({ verb: 'case.list', input: { scope: 'todo' } }, '待我办')
    },
    openVisits() {
      void wx.navigateTo({ url: '/officer/visits/index' })
    },
    openOutbox() {
      void wx.navigateTo({ url: '/officer/outbox/index' })
    },
    openMembers() {
      void wx.navigateTo({ url: '/officer/members/index' })
    },
    openReplies() {
      void wx.navigateTo({ url: '/officer/replies/index' })
    },
    openAbsence() {
      void wx.navigateTo({ url: '/officer/absence/index' })
    },
    openApplications() {
      void wx.navigateTo({ url: '/officer/applications/index' })
    },
    record() {
      void wx.navigateTo({ url: '/officer/record/index' })
    },
  },
})

/** Undefined where it could not be counted: the others are shown all the same. */
async function totalOf(ask: () => Promise<{ items: unknown[]; next: string | null }>): Promise<Counted | undefined> {
  const page = await ask().catch(() => undefined)
  return page && { items: [], total: page.items.length, hasMore: page.next !== null }
}

function greetingAt(clock: string): string {
  if (clock < '11:00') return '早上好'
  if (clock < '13:30') return '中午好'
  return clock < '18:00' ? '下午好' : '晚上好'
}

function visitsSaying(items: ItemOf<'visit.due'>[]): string {
  const due = items.filter(({ status }) => status === 'due').length
  if (items.length === 0) return '您还没有包保的项目'
  return due > 0 ? `${items.length}个项目，${due}个还没有约` : `${items.length}个项目都约过了`
}
