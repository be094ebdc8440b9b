// The answer of the way finder: which document, who approves, how long, which fast tracks, what we do not know and whom to ask.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { copyText } from '../../services/clipboard'
import { dayText, instantNow } from '../../services/dates'
import { Failure } from '../../services/failure'
import { dropWay, keepWay, keptWay, type Way } from '../../services/keptWays'
import { dial } from '../../services/phone'
import { addressOf, answersOf, inputOf } from '../../services/wayAnswers'
import { messageOf, requestOf, viewOf, type WayPage } from './view'

type Tap<D extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.TouchEvent<{}, {}, D>

/** What the server answered, to be kept as it is. */
let answered: Way | undefined

Component({
  behaviors: [page, loading],
  data: {
    address: '',
    /** The district answered: a request need not ask for it again. */
    place: '',
    way: null as WayPage | null,
    isKept: false,
    /** While it is shown as this phone kept it. */
    keptNote: '',
    showsMore: false,
    /** Why the server cannot use these answers. */
    refusal: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = answersOf(query)
      this.setData({ address: addressOf(given), place: given.districtCode })
      const kept = keptWay(this.data.address)
      if (kept) {
        answered = kept.way
        this.setData({
          way: viewOf(kept.way),
          isKept: true,
          keptNote: `先看您${dayText(instantNow(kept.keptAt))}存的，日期按那天算`,
          state: 'ready',
        })
      }
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onShareAppMessage() {
      const { address, way } = this.data
      return {
        title: way ? `${way.project}：${way.title}` : '我的项目怎么办',
        path: `/pages/way-result/index?${address}`,
      }
    },
    refresh() {
      return this.load(async () => {
        const { address, isKept } = this.data
        const query = Object.fromEntries(address.split('&').map((pair) => pair.split('=') as [string, string]))
        const way = await call('path.find', inputOf(answersOf(query))).catch((error: unknown) => {
          if (!(error instanceof Failure && error.status === 422)) throw error
          this.setData({ refusal: error.sentence })
        })
        if (!way) return false
        answered = way
        if (isKept) keepWay(address, way)
        this.setData({ way: viewOf(way), keptNote: '' })
        return true
      })
    },
    toggleKept() {
      const { address, isKept } = this.data
      if (isKept) dropWay(address)
      else if (answered) keepWay(address, answered)
      this.setData({ isKept: !isKept })
      void wx.showToast({ title: isKept ? '不再存着了' : '存好了，没信号也能看', icon: 'none' })
    },
    copyAll() {
      if (this.data.way) copyText(messageOf(this.data.way))
    },
    more() {
      this.setData({ showsMore: !this.data.showsMore })
    },
    dial(event: Tap<{ phone: string }>) {
      dial(event.currentTarget.dataset.phone)
    },
    guide(event: Tap<{ id: string }>) {
      void wx.navigateTo({ url: `/pages/guide/index?id=${event.currentTarget.dataset.id}` })
    },
    /** From the questions one goes back to them; who came by a shared link begins there. */
    again() {
      const before = getCurrentPages()
      const isFromQuestions = before.length > 1 && before[before.length - 2]?.route === 'pages/way/index'
      if (isFromQuestions) void wx.navigateBack()
      else void wx.navigateTo({ url: `/pages/way/index?${this.data.address}` })
    },
    help() {
      const { way, place } = this.data
      if (!way) return
      const answers = encodeURIComponent(requestOf(way))
      const guideId = way.guides[0]?.id
      void wx.navigateTo({
        url: `/pages/help/index?answers=${answers}${guideId ? `&guideId=${guideId}` : ''}${place ? `&districtCode=${place}` : ''}`,
      })
    },
  },
})
