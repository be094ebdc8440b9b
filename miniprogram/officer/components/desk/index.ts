// The officer’s desk: what is due, new and waiting, whom to visit this week, what is still to be sent. Each part is
// fetched for itself: one that fails does not hide the others.
import type { CaseItem, ItemOf } from '../../../services/api'
import { call } from '../../../services/call'
import { countText, MOST } from '../../../services/counting'
import { clockText, greetingAt, instantNow, today, weekdayText } from '../../../services/dates'
import { Failure, sentenceOf } from '../../../services/failure'
import { openFilter } from '../../../services/filters'
import { outbox } from '../../../services/phoneOutbox'
import { ownPosts } from '../../../services/roster'
import { currentMe, start } from '../../../services/session'
import { subscribe } from '../../../services/subscribe'
import { weekOf } from '../../services/known'
import { byUrgency, type DueLine, dueLineOf, isToDo } from '../../services/week'
import { type ApprovalLine, approvalsOf } from './approvals'
import { type AskLine, asksOf } from './asks'
import { lineOf, tiles, type TileLine } from './tiles'

const SHOWN = 5

/** How each stops listening to the outbox. */
const stops = new WeakMap<object, () => void>()

Component({
  data: {
    day: '',
    greeting: '',
    standsInFor: '',
    tiles: tiles.map((tile) => lineOf(tile, undefined)) as TileLine[],
    cases: [] as CaseItem[],
    casesState: 'loading' as 'loading' | 'ready' | 'failed',
    casesFailure: '',
    hasMoreCases: false,
    visits: [] as DueLine[],
    visitsState: 'loading' as 'loading' | 'ready' | 'failed',
    visitsFailure: '',
    visitsSaid: '',
    approvals: [] as ApprovalLine[],
    asks: [] as AskLine[],
    /** Who waits to be verified as of a firm. */
    members: '',
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
      await Promise.all([
        this.count(),
        this.fetchCases(),
        this.fetchApprovals(),
        this.fetchVisits(),
        this.fetchMembers(),
        this.fetchAsks(),
      ])
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
    /** What is there stays where it could not be counted anew: the rest is shown all the same. */
    async count() {
      const counts = await call('case.counts', {}).catch(() => undefined)
      if (counts) this.setData({ tiles: tiles.map((tile) => lineOf(tile, counts)) })
    },
    async fetchCases() {
      try {
        // Those that wait for the enterprise are not ours to do. Who reads decides what is said of each.
        const asked = call('case.list', { scope: 'todo', states: ['assigned', 'handling'], limit: SHOWN + 1 })
        const [{ items }] = await Promise.all([asked, start()])
        this.setData({ cases: items.slice(0, SHOWN), hasMoreCases: items.length > SHOWN, casesState: 'ready' })
      } catch (error) {
        this.fail('cases', error)
      }
    },
    /** What is there stays where it could not be counted anew. */
    async fetchApprovals() {
      await start()
      const post = ownPosts()[0]
      const approvals = post && (await approvalsOf(post.id).catch(() => undefined))
      if (approvals) this.setData({ approvals })
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
    async fetchMembers() {
      const page = await call('enterprise.members', { limit: MOST }).catch(() => undefined)
      if (page) this.setData({ members: countText(page, '人等核实') })
    },
    /** Fetched before the tap in which alone WeChat lets them be asked. */
    async fetchAsks() {
      const { items } = await call('notice.templates', {}).catch(() => ({ items: undefined }))
      if (items) this.setData({ asks: asksOf(items) })
    },
    async subscribe({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const ask = this.data.asks[currentTarget.dataset.index]
      if (!ask) return
      const granted = await subscribe(ask.templates)
      void wx.showToast({
        title: granted === 'none' ? '没有订阅，可以在「消息」里看' : '好的，会在微信里告诉您',
        icon: 'none',
      })
      await this.fetchAsks()
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
    openApprovals({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const line = this.data.approvals[currentTarget.dataset.index]
      if (line) openFilter({ verb: 'project.list', input: { ...line.filter } }, line.word)
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

function visitsSaying(items: ItemOf<'visit.due'>[]): string {
  const due = items.filter(({ status }) => status === 'due').length
  if (items.length === 0) return '您还没有包保的项目'
  return due > 0 ? `${items.length}个项目，${due}个还没有约` : `${items.length}个项目都约过了`
}
