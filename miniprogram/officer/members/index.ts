// Who says to belong to a firm of one's projects: yes or no, after asking the firm.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'

type Member = ItemOf<'enterprise.members'>

const lineOf = ({ id, version, enterprise, title, personName, phone, isNameConfirmed }: Member) => ({
  id,
  version,
  who: personName ?? '还没有写姓名',
  about: [title, phone].filter(Boolean).join(' · '),
  firm: enterprise.name,
  code: enterprise.creditCode,
  isNameConfirmed,
})

const questions = {
  yes: {
    title: '是这家企业的人吗',
    confirmText: '是，通过',
    said: '已通过',
    then: '通过后，能看到这家企业的诉求、项目和上门记录。',
  },
  no: {
    title: '不是这家企业的人',
    confirmText: '不通过',
    said: '没有通过',
    then: '对方看不到这家企业的内容，以后可以重新申请。',
  },
}

Component({
  behaviors: [listing, sending],
  methods: {
    async ask(cursor: string | undefined, limit: number) {
      const { items, next } = await call('enterprise.members', { state: 'pending', cursor, limit })
      return { items: items.map(lineOf), next }
    },
    async decide({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number; answer: 'yes' | 'no' }>) {
      const { index, answer } = currentTarget.dataset
      const line = this.data.items[index] as ReturnType<typeof lineOf> | undefined
      if (!line) return
      const { title, confirmText, said, then } = questions[answer]
      const { confirm } = await wx.showModal({
        title,
        content: `${line.who}，${line.firm}。${then}`,
        confirmText,
        cancelText: '再看看',
      })
      if (!confirm) return
      const isDone = await this.send(() =>
        call('enterprise.verifyMember', { id: line.id, version: line.version, isMember: answer === 'yes' }),
      )
      if (isDone) void wx.showToast({ title: said, icon: 'success' })
      await this.refresh()
    },
  },
})
