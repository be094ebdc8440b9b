// The service visits: a firm's own with its yearly counter and what it has put off; for staff any filter of `visit.list`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { lineOf } from '../../components/visit-card/view'
import type { Input, Output } from '../../services/api'
import { call } from '../../services/call'
import { type FirmChip, firmChoice, standingOf } from '../../services/firms'
import { currentHat } from '../../services/hats'
import { start } from '../../services/session'
import { emptyFor } from '../projects/view'
import { chipOf, chips, counterOf } from './view'

/** Other firms' answers may leave little of a page: it is filled up to here. */
const ENOUGH = 6

Component({
  behaviors: [listing, sending],
  data: {
    filter: {} as Input<'visit.list'>,
    /** Opened with a filter, from a number or a project: shown as it is. */
    isFiltered: false,
    isStaff: false,
    chips: chips.map(({ code, word }) => ({ value: code, text: word })),
    chip: 'answer',
    /** Opened without a wish: the first chip behind which there is something is shown. */
    isSearching: false,
    firms: [] as FirmChip[],
    enterpriseId: '',
    counters: [] as ReturnType<typeof counterOf>[],
    statement: '',
    empty: { title: '', text: '', action: '', url: '' },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const filter = this.openedWith(query)
      const { chip = 'answer' } = query
      this.setData({ filter, isFiltered: Object.keys(filter).length > 0, chip, isSearching: !query['chip'] })
    },
    async fetch() {
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
      if (isStaff || this.data.isFiltered) return this.fromBeginning()
      await this.loadCounters()
      return (await this.fromBeginning()) || (await this.findWaiting())
    },
    /** Chip after chip until there is something behind one. */
    async findWaiting(): Promise<boolean> {
      for (const { code } of chips) {
        if (!this.data.isSearching) return false
        this.setData({ chip: code, empty: this.emptiness(false) })
        if (await this.fromBeginning()) break
      }
      const isFound = this.data.items.length > 0
      this.setData({ isSearching: false })
      return isFound
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
    async ask(cursor: string | undefined, limit: number) {
      const { isStaff, isFiltered, filter, chip, enterpriseId } = this.data
      const { input, isMine } = chipOf(chip)
      const firm = isStaff ? {} : { enterpriseId: enterpriseId || undefined }
      const asked = isStaff || isFiltered ? { ...firm, ...filter } : { ...input, ...firm }
      const found: ReturnType<typeof lineOf>[] = []
      let next: string | null | undefined = cursor
      do {
        const answer: Output<'visit.list'> = await call('visit.list', {
          ...asked,
          cursor: next ?? undefined,
          limit,
        })
        const own = isStaff || isFiltered ? answer.items : answer.items.filter(({ firms }) => firms.some(isMine))
        found.push(...own.map((visit) => lineOf(visit, !isStaff)))
        next = answer.next
      } while (next !== null && found.length < ENOUGH)
      return { items: found, next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ chip: event.detail.value, isSearching: false })
    },
    chooseFirm(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ enterpriseId: event.detail.value })
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
