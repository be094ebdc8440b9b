// Binds one's firm to a project by the code on its service sheet: scanned, or typed. The officer confirms.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Me, Output } from '../../services/api'
import { call } from '../../services/call'
import { sentenceOf } from '../../services/failure'
import { isMember } from '../../services/firms'
import { start } from '../../services/session'
import { CODE_LENGTH, lineOf, spelled, tidiedCode } from './view'

const firmsOf = (me: Me) =>
  me.enterprises.filter(isMember).map(({ enterprise }) => ({ id: enterprise.id, name: enterprise.name }))

const MOST_SHOWN = 20

Component({
  behaviors: [page, loading, sending],
  data: {
    code: '',
    beginCode: '',
    found: null as Output<'project.codeOf'> | null,
    fault: '',
    firms: [] as ReturnType<typeof firmsOf>,
    firm: 0,
    binds: [] as ReturnType<typeof lineOf>[],
    codeLength: CODE_LENGTH,
  },
  pageLifetimes: {
    show() {
      // Back from 「我的企业」: the firm just joined can be chosen.
      if (this.data.state === 'ready') void this.refresh()
    },
  },
  methods: {
    /** `scene` is what WeChat hands over from the printed code. */
    onLoad({ scene = '', code = '' }: { scene?: string; code?: string }) {
      const given = tidiedCode(scene || code)
      this.setData({ code: given, beginCode: spelled(given) })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const me = await start()
        const { items } = await call('project.binds', { limit: MOST_SHOWN })
        this.setData({ firms: firmsOf(me), binds: items.map(lineOf) })
        if (this.data.code.length === CODE_LENGTH) await this.lookUp()
        return true
      })
    },
    async lookUp() {
      const { code } = this.data
      try {
        const found = await call('project.codeOf', { code })
        if (code === this.data.code) this.setData({ found, fault: '' })
      } catch (error) {
        if (code === this.data.code) this.setData({ found: null, fault: sentenceOf(error) })
      }
    },
    typeCode(event: WechatMiniprogram.Input) {
      const code = tidiedCode(event.detail.value)
      this.setData({ code, found: null, fault: '' })
      if (code.length === CODE_LENGTH) void this.lookUp()
    },
    async scan() {
      try {
        const { result, path } = await wx.scanCode({})
        const scene = /[?&]scene=([^&]+)/.exec(path ?? '')?.[1]
        const code = tidiedCode(scene ?? result)
        this.setData({ code, beginCode: spelled(code), found: null, fault: '' })
        if (code.length === CODE_LENGTH) await this.lookUp()
        else this.setData({ fault: '这不是服务单上的码' })
      } catch {
        // Closed without scanning.
      }
    },
    chooseFirm(event: WechatMiniprogram.PickerChange) {
      this.setData({ firm: Number(event.detail.value) })
    },
    openFirms() {
      void wx.navigateTo({ url: '/pages/firms/index' })
    },
    async bind() {
      const { code, firms, firm } = this.data
      if (code.length < CODE_LENGTH) return this.setData({ fault: `还差${CODE_LENGTH - code.length}位，一共12位` })
      const enterpriseId = firms[firm]?.id
      if (!enterpriseId) return this.openFirms()
      const isDone = await this.send(() => call('project.bind', { code, enterpriseId }))
      if (!isDone) return
      this.setData({ code: '', beginCode: '', found: null })
      await this.refresh()
      void wx.showModal({
        title: '已提交',
        content: '包保服务专员核对后确认，结果会在消息里告诉您。',
        showCancel: false,
        confirmText: '知道了',
      })
    },
    openProject(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      if (id) void wx.navigateTo({ url: `/pages/project/index?id=${id}` })
    },
  },
})
