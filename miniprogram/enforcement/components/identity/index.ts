// Who informed, for the one who pays the reward: behind a reason that is written down, held nowhere on the phone, gone
// when the page is left or put away.
import { sending } from '../../../behaviors/sending'
import type { Output } from '../../../services/api'
import { call } from '../../../services/call'
import { dial, isNumber } from '../../../services/phone'
import { linesOf, type IdentityLine } from './view'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }>

Component({
  behaviors: [sending],
  properties: {
    tipId: { type: String, value: '' },
  },
  data: { isAsking: false, reason: '', shortfall: '', lines: [] as IdentityLine[], phone: '' },
  pageLifetimes: {
    hide() {
      this.clear()
    },
  },
  lifetimes: {
    detached() {
      this.clear()
    },
  },
  methods: {
    open() {
      this.setData({ isAsking: true })
    },
    close() {
      this.setData({ isAsking: false, reason: '', shortfall: '' })
    },
    moved({ detail }: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!detail.visible) this.close()
    },
    type({ detail }: Typed) {
      this.setData({ reason: detail.value, shortfall: '' })
    },
    async look() {
      const reason = this.data.reason.trim()
      if (reason === '') {
        this.setData({ shortfall: '请写明为什么要看' })
        return
      }
      await this.send(async () => this.show(await call('tip.identity', { id: this.data.tipId, reason })))
    },
    /** Not where the page was left meanwhile. */
    show(identity: Output<'tip.identity'>) {
      if (!this.data.isAsking) return
      this.close()
      const { phone } = identity
      this.setData({ lines: linesOf(identity), phone: isNumber(phone) ? phone : '' })
      this.triggerEvent('look')
    },
    clear() {
      this.setData({ isAsking: false, reason: '', shortfall: '', lines: [], phone: '' })
    },
    dial() {
      dial(this.data.phone)
    },
  },
})
