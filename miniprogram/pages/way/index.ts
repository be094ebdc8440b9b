// 我的项目怎么办: one question a screen, at most six; every answer is kept at once, so that going back or away loses none.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { sentenceOf } from '../../services/failure'
import { keptWays } from '../../services/keptWays'
import { addressOf, answersOf, noAnswers, NOT_LISTED, type WayAnswers } from '../../services/wayAnswers'
import {
  askedNow,
  type Asked,
  everydayTrades,
  foundOf,
  type Key,
  keptOf,
  standAt,
  type Step,
  stepOf,
  toggled,
  withArea,
  withClass,
} from './view'

type Tap<D extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.TouchEvent<{}, {}, D>

const FORM = 'way'
const MOST_FOUND = 20
const AFTER_TYPING_MS = 250

let typing: ReturnType<typeof setTimeout> | undefined
/** Counts the searches: an answer to an older one is dropped. */
let searched = 0

Component({
  behaviors: [page, loading],
  data: {
    draft: { key: '', fields: noAnswers } as Draft<WayAnswers>,
    asked: null as Asked | null,
    at: 0,
    step: null as Step | null,
    isRestored: false,
    q: '',
    found: [] as ReturnType<typeof foundOf>[],
    /** What was looked for without finding anything. */
    missed: '',
    isSearching: false,
    searchFailure: '',
    everydayTrades,
    kept: [] as ReturnType<typeof keptOf>[],
    isOpening: false,
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const draft = readDraft(FORM, noAnswers)
      // From a result that somebody sent: its answers are the ones to be changed.
      const given = answersOf(query)
      const isGiven = given.classCode !== ''
      this.setData({ draft, isRestored: !isGiven && draft.fields.classCode !== '' })
      if (isGiven) this.put(given)
      void this.fetch(isGiven ? 'classCode' : '')
    },
    retry() {
      void this.fetch('')
    },
    onShow() {
      this.setData({ kept: keptWays().map(keptOf), isOpening: false })
    },
    onShareAppMessage() {
      return { title: '几个问题，看看项目环评怎么办', path: '/pages/way/index' }
    },
    fetch(key: Key | '') {
      return this.load(async () => {
        await this.ask(this.data.draft.fields.classCode)
        const { asked, draft } = this.data
        this.put({ ...draft.fields, classTitle: asked?.project?.title ?? draft.fields.classTitle })
        this.show(standAt(asked?.questions ?? [], this.data.draft.fields, key))
        return true
      })
    },
    async ask(classCode: string) {
      this.setData({ asked: await call('path.questions', classCode ? { classCode } : {}) })
    },
    /** The question at this place, as the answers now stand. */
    show(at: number) {
      const { asked, draft } = this.data
      if (!asked) return
      this.setData({ at, step: stepOf(asked.questions, draft.fields, at, asked.most) })
    },
    put(fields: WayAnswers) {
      const draft = { ...this.data.draft, fields }
      this.setData({ draft })
      keepDraft(FORM, draft)
    },

    type(event: WechatMiniprogram.Input) {
      this.setData({ q: event.detail.value })
      if (typing !== undefined) clearTimeout(typing)
      typing = setTimeout(() => void this.search(), AFTER_TYPING_MS)
    },
    take(event: Tap<{ word: string }>) {
      this.setData({ q: event.currentTarget.dataset.word })
      void this.search()
    },
    clear() {
      this.setData({ q: '' })
      void this.search()
    },
    async search() {
      if (typing !== undefined) clearTimeout(typing)
      searched += 1
      const search = searched
      const q = this.data.q.trim()
      if (!q) return this.setData({ found: [], missed: '', isSearching: false, searchFailure: '' })
      this.setData({ isSearching: true, searchFailure: '' })
      try {
        const { items } = await call('path.classes', { q, limit: MOST_FOUND })
        if (search !== searched) return
        const found = items.map((one) => foundOf(one, this.data.draft.fields.classCode))
        this.setData({ found, missed: found.length === 0 ? q : '' })
      } catch (error) {
        if (search === searched) this.setData({ found: [], missed: '', searchFailure: sentenceOf(error) })
      } finally {
        if (search === searched) this.setData({ isSearching: false })
      }
    },
    async chooseClass(event: Tap<{ code: string; title: string }>) {
      const { code, title } = event.currentTarget.dataset
      if (this.data.isOpening) return
      this.setData({ isOpening: true })
      try {
        await this.ask(code)
        this.put(withClass(this.data.draft.fields, code, title))
        this.goTo('classCode', 1)
      } catch (error) {
        void wx.showToast({ title: sentenceOf(error), icon: 'none', duration: 3000 })
      } finally {
        this.setData({ isOpening: false })
      }
    },
    chooseNone() {
      void this.chooseClass({
        currentTarget: { dataset: { code: NOT_LISTED, title: '名录里没有找到' } },
      } as Tap<{ code: string; title: string }>)
    },
    choose(event: Tap<{ value: string }>) {
      const { value } = event.currentTarget.dataset
      const { step, asked, draft } = this.data
      if (!step || !asked) return
      if (step.kind === 'many') {
        this.put({ ...draft.fields, situations: toggled(draft.fields.situations, value) })
        return this.show(this.data.at)
      }
      const { fields } = draft
      this.put(step.key === 'sensitive' ? withArea(asked.questions, fields, value) : { ...fields, [step.key]: value })
      this.goTo(step.key, 1)
    },
    /** From this question by so many; the answer before may have changed which there are. */
    goTo(key: Key, by: number) {
      const asked = askedNow(this.data.asked?.questions ?? [], this.data.draft.fields)
      const at = asked.findIndex((one) => one.key === key) + by
      this.setData({ isRestored: false })
      if (at >= asked.length) return this.finish()
      this.show(Math.max(0, at))
      void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    next() {
      if (this.data.step) this.goTo(this.data.step.key, 1)
    },
    back() {
      if (this.data.step) this.goTo(this.data.step.key, -1)
    },
    finish() {
      void wx.navigateTo({ url: `/pages/way-result/index?${addressOf(this.data.draft.fields)}` })
    },
    async restart() {
      const { confirm } = await wx.showModal({
        title: '从头再答一遍？',
        content: '刚才选的都会去掉',
        confirmText: '从头来',
      })
      if (!confirm) return
      dropDraft(FORM)
      this.setData({ draft: readDraft(FORM, noAnswers), isRestored: false, q: '', found: [], missed: '' })
      await this.fetch('')
    },
    openKept(event: Tap<{ address: string }>) {
      void wx.navigateTo({ url: `/pages/way-result/index?${event.currentTarget.dataset.address}` })
    },
  },
})
