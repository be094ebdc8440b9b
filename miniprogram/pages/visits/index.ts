// The service visits: a firm's own with its yearly counter and what it has put off; for staff any filter of `visit.list`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { sending } from '../../behaviors/sending'
import { lineOf } from '../../components/visit-card/view'
import type { Input, Output } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { type FirmChip, firmChoice, standingOf } from '../../services/firms'
import { currentHat } from '../../services/hats'
import { start } from '../../services/session'
import { emptyFor } from '../projects/view'
import { chipOf, chips, counterOf } from './view'

/** Other firms' answers may leave little of a page: it is filled up to here. */
const ENOUGH = 6

Component({
  behaviors: [page, loading, paged, sending],
  data: {
    filter: {} as Input<'visit.list'>,
    /** Opened with a filter, from a number or a project: shown as it is. */
    isFiltered: false,
    isStaff: false,
    chips: chips.map(({ code, word }) => ({ value: code, text: word })),
    chip: 'answer',
    firms: [] as FirmChip[],
    enterpriseId: '',
    counters: [] as ReturnType<typeof counterOf>[],
    statement: '',
    empty: { title: '', text: '', action: '', url: '' },
  },
  pageLifetimes: {
    show() {
      if (this.data.state === 'ready' || this.data.state === 'empty') void this.refresh()
    },
  },
  methods: {
    async onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ filter, isFiltered: Object.keys(filter).length > 0, chip: query['chip'] ?? 'answer' })
      await this.refresh()
      if (!query['chip']) await this.findWaiting()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    /** Opened without a wish: shows the first chip behind which there is something. */
    async findWaiting() {
      const { isStaff, isFiltered } = this.data
      if (isStaff || isFiltered) return
      for (const { code } of chips) {
        if (this.data.state !== 'empty') return
        this.setData({ chip: code })
        await this.refresh()
      }
    },
    refresh() {
      return this.load(async () => {
        const me = await start()
        const isStaff = currentHat(me) !== 'enterprise'
        const { firms, enterpriseId } = firmChoice(me, this.data.enterpriseId)
        const standing = standingOf(me)
        this.setData({
          isStaff,
          firms: this.data.isFiltered ? [] : firms,
          enterpriseId,
          empty: this.emptiness(isStaff),
        })
        if (!isStaff && standing !== 'verified') {
          this.setData({ empty: emptyFor[standing] })
          return false
        }
        if (!isStaff && !this.data.isFiltered) await this.loadCounters()
        return this.firstPage((cursor) => this.ask(cursor))
      })
    },
    emptiness(isStaff: boolean) {
      if (isStaff || this.data.isFiltered) return { title: '没有这样的上门服务', text: '', action: '', url: '' }
      const { emptyTitle, emptyText } = chipOf(this.data.chip)
      return { title: emptyTitle, text: emptyText, action: '', url: '' }
    },
    async loadCounters() {
      const { enterpriseId } = this.data
      const { statement, items } = await call('visit.counter', { enterpriseId: enterpriseId || undefined })
      this.setData({ statement, counters: items.map(counterOf) })
    },
    async ask(cursor?: string) {
      const { isStaff, isFiltered, filter, chip, enterpriseId, items: shown, next: shownNext } = this.data
      const { input, isMine } = chipOf(chip)
      const firm = isStaff ? {} : { enterpriseId: enterpriseId || undefined }
      const asked = isStaff || isFiltered ? { ...firm, ...filter } : { ...input, ...firm }
      const found: ReturnType<typeof lineOf>[] = []
      let next: string | null | undefined = cursor
      do {
        const answer: Output<'visit.list'> = await call('visit.list', {
          ...asked,
          cursor: next ?? undefined,
          limit: 20,
        })
        const own = isStaff || isFiltered ? answer.items : answer.items.filter(({ firms }) => firms.some(isMine))
        found.push(...own.map((visit) => lineOf(visit, !isStaff)))
        next = answer.next
      } while (next !== null && found.length < ENOUGH)
      // Another chip was tapped meanwhile: this answer comes too late.
      if (chip !== this.data.chip) return { items: shown, next: shownNext }
      return { items: found, next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ chip: event.detail.value, state: 'loading' })
      void this.refresh()
    },
    chooseFirm(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ enterpriseId: event.detail.value, state: 'loading' })
      void this.refresh()
    },
    followEmpty() {
      void wx.navigateTo({ url: this.data.empty.url })
    },
    async resume(event: WechatMiniprogram.TouchEvent<{}, {}, { firm: string; project: string }>) {
      const { firm: enterpriseId, project } = event.currentTarget.dataset
      const isDone = await this.send(() => call('visit.resume', { enterpriseId, projectId: project || undefined }))
      if (!isDone) return
      void wx.showToast({ title: '好的，我们会再来约您', icon: 'none' })
      await this.refresh()
    },
  },
})
