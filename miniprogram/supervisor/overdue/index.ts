// Cases that are late, the latest first; each can be given to somebody else on the spot. Takes `?unitId=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { currentMe } from '../../services/session'
import { handedOver, type LateLine, lineOf } from './view'

const formOf = (id: string) => `assign.${id}`

Component({
  behaviors: [listing, sending],
  data: { unitId: '', isLeader: false, chosen: -1, isChoosing: false, chosenUnit: '', chosenOfficer: '', form: '' },
  methods: {
    onLoad({ unitId = '' }: Record<string, string | undefined>) {
      this.setData({ unitId })
    },
    async ask(cursor: string | undefined, limit: number) {
      const unitId = this.data.unitId || undefined
      const { items, next } = await call('case.list', { scope: 'all', due: 'overdue', unitId, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/case/index?id=${event.currentTarget.dataset.id}` })
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const line = this.data.items[index] as LateLine
      const { unitId: chosenUnit, officerId: chosenOfficer } = line
      const isLeader = currentRole(currentMe()) === 'leader'
      this.setData({ isLeader, chosen: index, isChoosing: true, chosenUnit, chosenOfficer, form: formOf(line.id) })
    },
    close() {
      this.setData({ isChoosing: false })
    },
    async assign(event: WechatMiniprogram.CustomEvent<{ officerId: string; name: string; reason: string }>) {
      const { chosen, items } = this.data
      const { officerId, name, reason } = event.detail
      const line = items[chosen] as LateLine | undefined
      if (!line) return
      const { id, version } = line
      const isDone = await this.send(async () => {
        const view = await call('case.assign', { id, version, officerId, reason: reason || undefined })
        this.setData({ [`items[${chosen}]`]: handedOver(line, view) })
      })
      if (!isDone) return
      this.selectComponent('#staff').done()
      this.setData({ isChoosing: false })
      void wx.showToast({ title: `已交给${name}`, icon: 'none' })
    },
  },
})
