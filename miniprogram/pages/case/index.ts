// One case for everybody who may see it: where it stands, by when, who has it, what was said, and what can be done now.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { CaseView } from '../../services/api'
import { afterRatingOf, askAppeal, askScore } from '../../services/afterRating'
import { call } from '../../services/call'
import { type Buttons, actUrl, buttonsOf, type CaseAct } from '../../services/caseActs'
import { Failure } from '../../services/failure'
import { currentHat } from '../../services/hats'
import { dial } from '../../services/phone'
import { start } from '../../services/session'
import { openSubject, type SubjectKind } from '../../services/subjects'
import { subscribe, templatesFor } from '../../services/subscribe'
import { assistingOf, contactOf, headOf, pendingOf, ratingOf } from './view'

type Tap<T extends object> = WechatMiniprogram.TouchEvent<{}, {}, T>
type Direct = 'case.sign' | 'case.close'

/** What is done without more words: what is asked before, and what is said after. */
const direct: Record<Direct, { ask: string; done: string }> = {
  'case.sign': { ask: '', done: '已签收' },
  'case.close': { ask: '问题解决了就办结。办结后仍可以评价，15日内还可以再提。', done: '已办结' },
}
const subscribed = {
  all: '好的，会在微信里告诉您',
  some: '好的，其余的在「消息」里看',
  none: '没有订阅，可以在「消息」里看',
}

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    isStaff: false,
    /** The reader has it: they know their own number. */
    isMine: false,
    case: null as CaseView | null,
    head: null as ReturnType<typeof headOf> | null,
    contact: null as ReturnType<typeof contactOf>,
    pending: [] as ReturnType<typeof pendingOf>,
    assisting: [] as ReturnType<typeof assistingOf>,
    rating: null as ReturnType<typeof ratingOf>,
    after: null as ReturnType<typeof afterRatingOf> | null,
    buttons: { main: null, second: null, rest: [] } as Buttons,
    isMoreOpen: false,
    templates: [] as Awaited<ReturnType<typeof templatesFor>>,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const me = await start()
        const view = await call('case.read', { id: this.data.id })
        this.setData({ isMine: me.posts.some(({ id }) => id === view.officer?.postId) && view.standInFor === null })
        this.show(view, view.notes !== undefined && currentHat(me) !== 'enterprise')
        return true
      })
    },
    show(view: CaseView, isStaff: boolean) {
      const head = headOf(view, isStaff)
      this.setData({
        isStaff,
        case: view,
        head,
        contact: isStaff ? contactOf(view) : null,
        pending: isStaff ? pendingOf(view) : [],
        assisting: isStaff ? assistingOf(view) : [],
        rating: ratingOf(view),
        after: afterRatingOf(view),
        buttons: buttonsOf(view, isStaff),
      })
      if (head.canSubscribe && this.data.templates.length === 0) void this.loadTemplates()
    },
    async loadTemplates() {
      this.setData({ templates: await templatesFor('caseWaiting') })
    },
    act(event: Tap<{ verb: string }>) {
      const { main, second, rest } = this.data.buttons
      const { verb } = event.currentTarget.dataset
      const chosen = [main, second, ...rest].find((one) => one?.verb === verb)
      this.closeMore()
      if (chosen) this.follow(chosen)
    },
    openMore() {
      this.setData({ isMoreOpen: true })
    },
    closeMore() {
      this.setData({ isMoreOpen: false })
    },
    onMore(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      this.setData({ isMoreOpen: event.detail.visible })
    },
    follow(chosen: CaseAct) {
      if (chosen.way === 'direct') void this.doAtOnce(chosen.verb as Direct, chosen.word)
      else void wx.navigateTo({ url: actUrl(chosen, this.data.id) })
    },
    decide(event: Tap<{ verb: 'case.agreeExtension' }>) {
      const { verb } = event.currentTarget.dataset
      void wx.navigateTo({ url: actUrl({ verb, word: '', way: 'staffForm', mainIn: [] }, this.data.id) })
    },
    async doAtOnce(verb: Direct, word: string) {
      const { ask, done } = direct[verb]
      if (ask) {
        const { confirm } = await wx.showModal({ title: word, content: ask, confirmText: word })
        if (!confirm) return
      }
      const { id, case: view, isStaff } = this.data
      let outdated = ''
      const isDone = await this.send(async () => {
        try {
          this.show(await call(verb, { id, version: view?.version }), isStaff)
        } catch (error) {
          if (!(error instanceof Failure && error.status === 409)) throw error
          outdated = error.title
        }
      })
      if (outdated) await this.startOver(outdated)
      else if (isDone) void wx.showToast({ title: done, icon: 'success' })
    },
    /** Somebody was faster: the page shows what became of it, and the person decides anew. */
    async startOver(title: string) {
      await this.refresh()
      void wx.showModal({
        title: '有新的进展',
        content: `${title.replace(/，请刷新.*$/, '')}。已经为您刷新，请看一下再操作。`,
        showCancel: false,
        confirmText: '知道了',
      })
    },
    async rateAgain() {
      const score = await askScore()
      if (score === undefined) return
      const { id: caseId, isStaff } = this.data
      const isDone = await this.send(async () =>
        this.show(await call('rectification.rateAgain', { caseId, score }), isStaff),
      )
      if (isDone) void wx.showToast({ title: '谢谢您的评价', icon: 'success' })
    },
    async appeal() {
      const text = await askAppeal()
      if (text === undefined) return
      const { id: caseId, isStaff } = this.data
      const isDone = await this.send(async () =>
        this.show(await call('rectification.appeal', { caseId, text }), isStaff),
      )
      if (isDone) void wx.showToast({ title: '已申诉', icon: 'success' })
    },
    async subscribe() {
      const granted = await subscribe(this.data.templates)
      void wx.showToast({ title: subscribed[granted], icon: 'none' })
    },
    callContact() {
      dial(this.data.contact?.phone ?? '')
    },
    copy() {
      void wx.setClipboardData({ data: this.data.head?.number ?? '' })
    },
    openRelated(event: Tap<{ kind: SubjectKind; id: string }>) {
      const { kind, id } = event.currentTarget.dataset
      openSubject({ subjectKind: kind, subjectId: id })
    },
  },
})
