// 领取奖励: how much, until when; by WeChat or by the bank. Paid is what the server says is paid, never what the phone says.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { newId } from '../../services/identifier'
import { type Claim, type ClaimLine, claimOf } from '../services/claims'
import { inFields } from '../services/refusals'
import { askTransfer, canTransfer } from '../services/transfer'

type Channel = NonNullable<Claim['channel']>

/** How long after the tap WeChat is asked again; then the person is told to come back. */
const LOOKS_AFTER_MS = [1000, 2000, 4000, 8000, 15_000, 30_000]
const noBank = { account: '', bankName: '' }

/** Pages that were left: nothing is asked for them any more. */
const left = new WeakSet<object>()

Component({
  behaviors: [page, loading, form],
  data: {
    number: '',
    claim: null as Claim | null,
    line: null as ClaimLine | null,
    /** Taken on this phone just now; the server has not said so yet. */
    isTaken: false,
    isLooking: false,
    isBank: false,
    /** Never kept on the phone. */
    bank: noBank,
    /** Of the command that is being tried. */
    key: '',
  },
  lifetimes: {
    detached() {
      left.add(this)
    },
  },
  methods: {
    onLoad({ number = '' }: Record<string, string | undefined>) {
      this.setData({ number, key: newId() })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { reward } = await call('tip.track', { number: this.data.number })
        if (reward) this.show(reward)
        return reward !== null
      })
    },
    show(claim: Claim) {
      const isTaken = this.data.isTaken && claim.state === 'paying'
      this.setData({ claim, isTaken, line: claimOf(claim, { canTransfer: canTransfer(), isTaken }) })
    },

    async claimWechat() {
      const { line } = this.data
      if (!line || this.data.isSending) return
      const { confirm } = await wx.showModal({
        title: `用微信领${line.amount}？`,
        content: line.needsRealName
          ? '微信会核对实名：您微信的实名要和举报时留的姓名一样，不一样的请用银行卡。'
          : '钱到您现在用的这个微信的零钱里。',
        confirmText: '用微信领',
      })
      if (confirm) await this.ask('wechat')
    },
    openBank() {
      this.setData({ isBank: true, errors: {}, wrong: '' })
    },
    closeBank() {
      this.setData({ isBank: false, bank: noBank, errors: {}, wrong: '' })
    },
    typeBank({
      detail,
      currentTarget,
    }: WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'account' | 'bankName' }>) {
      this.setData({ [`bank.${currentTarget.dataset.name}`]: detail.value, errors: {}, wrong: '' })
    },
    async claimBank() {
      const account = this.data.bank.account.replace(/\s/g, '')
      const errors = {
        ...(account === '' && { account: '请填银行卡号' }),
        ...(this.data.bank.bankName.trim() === '' && { bankName: '请填开户银行' }),
      }
      if (Object.keys(errors).length > 0) return this.setData({ errors })
      const { confirm } = await wx.showModal({
        title: '转到这张卡？',
        content: `${this.data.bank.bankName.trim()}，尾号 ${account.slice(-4)}。户名要和举报时留的姓名一样。`,
        confirmText: '就是这张',
      })
      if (confirm) await this.ask('bank')
    },
    async ask(channel: Channel) {
      const { number, bank, key } = this.data
      const input = {
        number,
        channel,
        ...(channel === 'bank' && {
          bank: { account: bank.account.replace(/\s/g, ''), bankName: bank.bankName.trim() },
        }),
      }
      const isDone = await this.submit(async () => this.show(await inFields(call('reward.claim', input, { key }))))
      this.setData({ key: newId() })
      if (!isDone) return
      this.closeBank()
      if (this.data.line?.canConfirm) await this.confirm()
      else if (this.data.line?.isGoing) await this.look()
    },
    async decline() {
      const { confirm } = await wx.showModal({
        title: '不要这笔奖励？',
        content: '放弃以后不能再领。',
        confirmText: '放弃',
        confirmColor: '#b8232a',
      })
      if (!confirm) return
      const { number, key } = this.data
      await this.submit(async () => this.show(await call('reward.decline', { number }, { key })))
      this.setData({ key: newId() })
    },

    async confirm() {
      const transfer = this.data.claim?.payment?.transfer
      if (!transfer || this.data.isLooking) return
      this.setData({ wrong: '' })
      const answer = await askTransfer(transfer)
      if (answer === 'left') return this.setData({ wrong: '还没有收款。想好了，再点“确认收款”' })
      if (answer === 'refused') {
        this.setData({ wrong: '微信没有打开收款。请确认用的是举报时的微信，或者过一会儿再试' })
        return this.look([0])
      }
      this.setData({ isTaken: true })
      if (this.data.claim) this.show(this.data.claim)
      await this.look()
    },
    lookAgain() {
      void this.look([0])
    },
    /** Asks the server, which asks WeChat, until it is over or has taken too long to wait for here. */
    async look(pauses: readonly number[] = LOOKS_AFTER_MS) {
      if (this.data.isLooking) return
      this.setData({ isLooking: true })
      const { number } = this.data
      for (const pause of pauses) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        if (left.has(this)) return
        const claim = await call('reward.checkPayment', { number }).catch(() => null)
        if (claim) this.show(claim)
        // What says why it waits is not hurried by asking.
        if (!this.data.line?.isGoing || this.data.line.trouble) break
      }
      this.setData({ isLooking: false })
    },
  },
})
