// One guide, whole: how long, what to bring, which steps, where, on what law; what others asked; and the way to a person.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { copyText } from '../../services/clipboard'
import { dayText, instantNow } from '../../services/dates'
import { Failure } from '../../services/failure'
import { dropGuide, keepGuide, keptGuide } from '../../services/keptGuides'
import { dial } from '../../services/phone'
import { haveWords } from '../../services/words'
import { type GuidePage, messageOf, viewOf } from './view'

type Tap<D extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.TouchEvent<{}, {}, D>

Component({
  behaviors: [page, loading],
  data: {
    key: '',
    isCode: false,
    guide: null as GuidePage | null,
    /** While it is shown as this phone kept it. */
    keptNote: '',
  },
  methods: {
    onLoad({ id, code }: { id?: string; code?: string }) {
      const key = id ?? code ?? ''
      this.setData({ key, isCode: id === undefined })
      const kept = keptGuide(key)
      if (kept) {
        this.setData({
          guide: viewOf(kept.guide),
          keptNote: `先看您${dayText(instantNow(kept.readAt))}看过的`,
          state: 'ready',
        })
      }
    },
    onShow() {
      // Also after a comment was written.
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onShareAppMessage() {
      const { key, isCode, guide } = this.data
      return { title: guide?.title ?? '办事指南', path: `/pages/guide/index?${isCode ? 'code' : 'id'}=${key}` }
    },
    refresh() {
      return this.load(async () => {
        const { key, isCode } = this.data
        try {
          const [guide] = await Promise.all([
            call('guide.read', isCode ? { code: key } : { id: key }),
            haveWords().catch(() => undefined),
          ])
          keepGuide(guide)
          this.setData({ guide: viewOf(guide), keptNote: '' })
        } catch (error) {
          if (error instanceof Failure && error.status === 404) dropGuide(key)
          throw error
        }
        return true
      })
    },
    toggleWords(event: Tap<{ index: number }>) {
      const { index } = event.currentTarget.dataset
      this.setData({ [`guide.steps[${index}].isOpen`]: !this.data.guide?.steps[index]?.isOpen })
    },
    dial(event: Tap<{ phone: string }>) {
      dial(event.currentTarget.dataset.phone)
    },
    copy(event: Tap<{ text: string }>) {
      copyText(event.currentTarget.dataset.text)
    },
    copyAll() {
      if (this.data.guide) copyText(messageOf(this.data.guide))
    },
    open(event: Tap<{ id: string }>) {
      void wx.navigateTo({ url: `/pages/guide/index?id=${event.currentTarget.dataset.id}` })
    },
    comment() {
      const { guide } = this.data
      if (!guide) return
      void wx.navigateTo({
        url: `/pages/guide-comment/index?guideId=${guide.id}&title=${encodeURIComponent(guide.title)}`,
      })
    },
    report() {
      void wx.navigateTo({ url: '/tips/start/index' })
    },
    help() {
      void wx.navigateTo({ url: `/pages/help/index?guideId=${this.data.guide?.id ?? ''}` })
    },
  },
})
