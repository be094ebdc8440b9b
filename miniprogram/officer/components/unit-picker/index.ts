// Which unit: the branches and the offices of the bureau.
import { loading } from '../../../behaviors/loading'
import { type Unit, units } from '../../../services/roster'
import { wordFor } from '../../../services/words'

interface Group {
  kind: string
  title: string
  units: Unit[]
}

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '选单位' },
    /** Ids of units that are not to choose from. */
    except: { type: Array, value: [] as string[] },
  },
  data: { groups: [] as Group[] },
  observers: {
    visible(isVisible: boolean) {
      if (isVisible) this.fetch()
    },
  },
  methods: {
    fetch() {
      void this.load(async () => {
        const open = (await units()).filter(({ id }) => !this.data.except.includes(id))
        const kinds = ['branch', 'office'] as const
        const groups = kinds.map((kind) => ({
          kind,
          title: wordFor('unitKinds', kind),
          units: open.filter((unit) => unit.kind === kind),
        }))
        this.setData({ groups: groups.filter((group) => group.units.length > 0) })
        return open.length > 0
      })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      const unit = this.data.groups.flatMap((group) => group.units).find((one) => one.id === id)
      if (unit) this.triggerEvent('pick', { unit })
      this.close()
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
