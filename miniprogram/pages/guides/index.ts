// Finding a guide: results while typing, by level, with everyday words and earlier searches to begin with.
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { sentenceOf } from '../../services/failure'
import { everydayWords, forgetSearches, recentSearches, rememberSearch, takeWanted } from '../../services/guideSearch'
import { haveWords } from '../../services/words'
import { lineOf, levels, type GuideLine, type LevelChoice } from './view'

const PAGE = 20
const AFTER_TYPING_MS = 250

let typing: ReturnType<typeof setTimeout> | undefined
const stopTyping = () => {
  if (typing !== undefined) clearTimeout(typing)
}
/** Counts the questions: an answer to an older one is dropped. */
let asked = 0

Component({
  behaviors: [page, paged],
  data: {
    state: 'loading',
    failure: '',
    q: '',
    level: '' as LevelChoice,
    levels,
    hasFocus: false,
    everydayWords,
    recent: [] as string[],
    total: 0,
    /** The words that the shown results answer. */
    answered: '',
    isAsking: false,
  },
  methods: {
    onLoad() {
      void this.search()
    },
    onShow() {
      const wanted = takeWanted()
      this.setData({ recent: recentSearches() })
      if (!wanted) return
      this.setData({ q: wanted.q, level: '', hasFocus: wanted.hasFocus })
      void this.search()
    },
    onHide() {
      this.setData({ hasFocus: false })
    },
    onPullDownRefresh() {
      void this.search().finally(() => wx.stopPullDownRefresh())
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    onShareAppMessage() {
      return { title: '沈环帮办：办事指南，不用找关系', path: '/pages/guides/index' }
    },
    async ask(cursor?: string) {
      const { q, level } = this.data
      const input = { q: q.trim() || undefined, level: level || undefined, cursor, limit: PAGE }
      const [found] = await Promise.all([call('guide.search', input), haveWords().catch(() => undefined)])
      return { ...found, items: found.items.map(lineOf) }
    },
    async search() {
      stopTyping()
      asked += 1
      const question = asked
      const { q } = this.data
      this.setData({ isAsking: true })
      try {
        const { items, next, total } = await this.ask()
        if (question !== asked) return
        this.setData({ items, next, total, answered: q.trim(), state: items.length > 0 ? 'ready' : 'empty' })
      } catch (error) {
        if (question === asked) this.setData({ state: 'failed', failure: sentenceOf(error) })
      } finally {
        if (question === asked) this.setData({ isAsking: false })
      }
    },
    type(event: WechatMiniprogram.Input) {
      this.setData({ q: event.detail.value })
      stopTyping()
      typing = setTimeout(() => void this.search(), AFTER_TYPING_MS)
    },
    confirm() {
      this.setData({ recent: rememberSearch(this.data.q) })
      void this.search()
    },
    clear() {
      this.setData({ q: '', hasFocus: true })
      void this.search()
    },
    blur() {
      this.setData({ hasFocus: false })
    },
    take(event: WechatMiniprogram.TouchEvent<{}, {}, { word: string }>) {
      const { word } = event.currentTarget.dataset
      this.setData({ q: word, level: '', recent: rememberSearch(word) })
      void this.search()
    },
    forget() {
      this.setData({ recent: forgetSearches() })
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: LevelChoice }>) {
      this.setData({ level: event.detail.value })
      void this.search()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset as Pick<GuideLine, 'id'>
      if (this.data.answered) this.setData({ recent: rememberSearch(this.data.answered) })
      void wx.navigateTo({ url: `/pages/guide/index?id=${id}` })
    },
    /** Without the level the same words may well be found. */
    widen() {
      this.setData({ level: '' })
      void this.search()
    },
    /** A trade is no guide's title, but the way finder knows many. */
    way() {
      void wx.navigateTo({ url: '/pages/way/index' })
    },
    help() {
      void wx.navigateTo({ url: `/pages/help/index?text=${encodeURIComponent(this.data.q.trim())}` })
    },
  },
})
