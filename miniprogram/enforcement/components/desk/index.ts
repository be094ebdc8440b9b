// The desk of those who handle tips, recognise rewards or approve them: what waits, what comes next, and the ways on.
import { clockText, greetingAt, instantNow, today, weekdayText } from '../../../services/dates'
import { Failure, sentenceOf } from '../../../services/failure'
import { currentRole } from '../../../services/hats'
import { currentMe, start } from '../../../services/session'
import { haveWords } from '../../../services/words'
import { deskOf, type Figures, type Link, tileLine } from './desks'

type Part = 'loading' | 'ready' | 'failed'

Component({
  data: {
    role: '',
    day: '',
    greeting: '',
    warning: '',
    title: '',
    nothing: '',
    tiles: [] as ReturnType<typeof tileLine>[],
    links: [] as readonly Link[],
    candidates: [] as object[],
    tips: [] as object[],
    rewards: [] as object[],
    hasMore: false,
    nextState: 'loading' as Part,
    nextFailure: '',
  },
  lifetimes: {
    attached() {
      this.lay()
    },
  },
  methods: {
    /** What stands on it whatever is known: of another role, begun anew. */
    lay() {
      const role = currentRole(currentMe())
      const me = currentMe()
      const { tiles, links, title, nothing } = deskOf(role)
      this.setData({
        day: weekdayText(today()),
        greeting: [me?.name ?? '', greetingAt(clockText(instantNow()))].filter(Boolean).join('，'),
      })
      if (role === this.data.role) return
      this.setData({
        role,
        tiles: tiles.map((tile) => tileLine(tile, {})),
        links,
        title,
        nothing,
        warning: '',
        candidates: [],
        tips: [],
        rewards: [],
        hasMore: false,
        nextState: 'loading',
      })
    },
    /** Fetches what is shown anew, each part for itself: one that fails does not hide the others. */
    async refresh() {
      await start().catch(() => undefined)
      this.lay()
      const { role } = this.data
      await Promise.all([this.count(role), this.fetchNext(), this.warn(role)])
    },
    async count(role: string) {
      const desk = deskOf(role)
      const figures: Figures | undefined = await desk.figures().catch(() => undefined)
      if (figures && role === this.data.role) this.setData({ tiles: desk.tiles.map((tile) => tileLine(tile, figures)) })
    },
    async warn(role: string) {
      const warning = await deskOf(role)
        .warning?.()
        .catch(() => undefined)
      if (warning !== undefined && role === this.data.role) this.setData({ warning })
    },
    async fetchNext() {
      const { role } = this.data
      try {
        await haveWords()
        const next = await deskOf(role).next()
        if (role === this.data.role) this.setData({ ...next, nextState: 'ready' })
      } catch (error) {
        if (!(error instanceof Failure)) console.error(error)
        if (this.data.nextState !== 'ready') this.setData({ nextState: 'failed', nextFailure: sentenceOf(error) })
      }
    },
    openTile({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { name: string }>) {
      const tile = deskOf(this.data.role).tiles.find(({ name }) => name === currentTarget.dataset.name)
      if (tile) void wx.navigateTo({ url: tile.url })
    },
    openCandidates() {
      void wx.navigateTo({ url: '/enforcement/candidates/index' })
    },
    openAll() {
      void wx.navigateTo({ url: deskOf(this.data.role).all })
    },
    openLink({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: currentTarget.dataset.url })
    },
  },
})
