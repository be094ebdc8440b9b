// 查进度: by number and code, without saying who asks. What is typed or shown here stays nowhere.
import { form } from '../../behaviors/form'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'
import { haveWords } from '../../services/words'
import type { Progress } from '../services/progress'
import { dropReceipt, keptReceipts, type Receipt, takeOver } from '../services/receipts'

type Numbered = WechatMiniprogram.TouchEvent<{}, {}, { number: string }>

const keptLines = () =>
  keptReceipts().map(({ number, submittedOn }) => ({ number, when: `${dayText(submittedOn)}举报` }))

Component({
  behaviors: [page, form],
  data: {
    number: '',
    code: '',
    kept: [] as ReturnType<typeof keptLines>,
    tip: null as Progress | null,
    receipt: null as Receipt | null,
  },
  methods: {
    onLoad() {
      this.setData({ kept: keptLines() })
      const receipt = takeOver()
      if (receipt) void this.look(receipt)
    },
    type({ detail, currentTarget }: WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'number' | 'code' }>) {
      this.setData({ [currentTarget.dataset.name]: detail.value, errors: {}, wrong: '' })
    },
    find() {
      const number = this.data.number.trim().toUpperCase()
      const code = this.data.code.trim().toUpperCase()
      const errors = {
        ...(number === '' && { number: '请填回执上的编号' }),
        ...(code === '' && { code: '请填回执上的查询码' }),
      }
      if (Object.keys(errors).length > 0) return this.setData({ errors })
      void this.look({ number, code })
    },
    look(receipt: Receipt): Promise<boolean> {
      return this.submit(async () => {
        await haveWords()
        this.setData({ tip: await call('tip.track', receipt, { isNameless: true }), receipt })
        void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      })
    },
    again() {
      if (this.data.receipt) void this.look(this.data.receipt)
    },
    changed({ detail }: WechatMiniprogram.CustomEvent<{ tip: Progress }>) {
      this.setData({ tip: detail.tip })
    },
    openKept(event: Numbered) {
      const { number } = event.currentTarget.dataset
      const kept = keptReceipts().find((one) => one.number === number)
      if (kept) void this.look({ number, code: kept.code })
    },
    async dropKept(event: Numbered) {
      const { number } = event.currentTarget.dataset
      const { confirm } = await wx.showModal({
        title: '从手机上去掉？',
        content: '以后要凭抄下来的编号和查询码看。没有抄的，先不要去掉。',
        confirmText: '去掉',
      })
      if (!confirm) return
      dropReceipt(number)
      this.setData({ kept: keptLines() })
    },
    close() {
      this.setData({ tip: null, receipt: null, number: '', code: '', kept: keptLines() })
    },
  },
})
