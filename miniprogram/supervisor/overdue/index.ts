// Cases that are late, the latest first; one or several can be given to somebody else on the spot. Takes `?unitId=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { currentRole } from '../../services/hats'
import type { Staff } from '../../services/roster'
import { currentMe } from '../../services/session'
import { accountOf, giveAll, type Outcome } from './handing'
import { handedOver, holderOfAll, type LateLine, lineOf } from './view'

/** The draft of the reason. */
const FORM = 'assign.reason'
const nothing = { reason: '' }
const nobody = { id: '', name: '' }
/** Supervisors watch; these answer cases. */
const takers = ['officer', 'leader']

Component({
  behaviors: [listing, sending],
  data: {
    unitId: '',
    isLeader: false,
    /** Ids of the cases chosen. */
    chosen: [] as string[],
    /** Ids of the cases that somebody is being found for: those chosen, or one alone. */
    asked: [] as string[],
    isChoosing: false,
    takers,
    pickUnit: '',
    except: [] as string[],
    taker: nobody,
    selected: [] as string[],
    reason: '',
    progress: '',
    account: '',
  },
  methods: {
    onLoad({ unitId = '' }: Record<string, string | undefined>) {
      this.setData({ unitId })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { unitId, chosen } = this.data
      const filter = { scope: 'all', due: 'overdue', unitId: unitId || undefined } as const
      const { items, next } = await call('case.list', { ...filter, cursor, limit })
      return { items: items.map((item) => lineOf(item, chosen)), next }
    },
    async fetch() {
      const hasAny = await this.fromBeginning()
      const chosen = this.lines(this.data.chosen).map(({ id }) => id)
      this.setData({ chosen, account: '' })
      return hasAny
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/case/index?id=${event.currentTarget.dataset.id}` })
    },
    lines(ids: readonly string[]): LateLine[] {
      return (this.data.items as LateLine[]).filter(({ id }) => ids.includes(id))
    },
    toggle(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const { id, isOn } = this.data.items[index] as LateLine
      const { chosen } = this.data
      this.setData({
        [`items[${index}].isOn`]: !isOn,
        chosen: isOn ? chosen.filter((one) => one !== id) : [...chosen, id],
      })
    },
    clear() {
      const items = (this.data.items as LateLine[]).map((line) => ({ ...line, isOn: false }))
      this.setData({ items, chosen: [] })
    },
    giveOne(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      this.begin([(this.data.items[event.currentTarget.dataset.index] as LateLine).id])
    },
    giveChosen() {
      this.begin(this.data.chosen)
    },
    begin(asked: string[]) {
      const lines = this.lines(asked)
      const holder = holderOfAll(lines)
      this.setData({
        asked,
        isChoosing: true,
        isLeader: currentRole(currentMe()) === 'leader',
        pickUnit: lines[0]?.unitId ?? '',
        except: holder ? [holder] : [],
        taker: nobody,
        selected: [],
        reason: readDraft(FORM, nothing).fields.reason,
        progress: '',
      })
    },
    close() {
      // What is under way is said here.
      if (!this.data.isSending) this.setData({ isChoosing: false })
    },
    pick({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      const { id, name } = detail.staff
      this.setData({ taker: { id, name }, selected: [id] })
    },
    typeReason(event: WechatMiniprogram.TextareaInput) {
      const reason = event.detail.value
      this.setData({ reason })
      keepDraft(FORM, { ...readDraft(FORM, nothing), fields: { reason } })
    },
    async give() {
      const { taker, asked, reason } = this.data
      if (!taker.id) {
        void wx.showToast({ title: '请先选一个人', icon: 'none' })
        return
      }
      await this.send(async () => {
        const lines = this.lines(asked)
        const wanted = { officerId: taker.id, reason: reason.trim() || undefined }
        let tried = 0
        const next = () =>
          this.setData({ progress: lines.length > 1 ? `正在换第${tried + 1}件，共${lines.length}件` : '' })
        next()
        const given = await giveAll(
          lines,
          wanted,
          (assignment, key) => call('case.assign', assignment, { key }),
          (line, outcome) => {
            this.tell(line, outcome)
            tried += 1
            if (tried < lines.length) next()
          },
        )
        const account = accountOf(given, lines.length, taker.name)
        this.setData({ isChoosing: false, account })
        if (account) void wx.pageScrollTo({ scrollTop: 0 })
        else {
          dropDraft(FORM)
          void wx.showToast({ title: `${given > 1 ? `${given}件都` : '已'}交给${taker.name}`, icon: 'none' })
        }
      })
    },
    /** What became of one, on its card; what was not given over stays chosen. */
    tell(line: LateLine, outcome: Outcome) {
      const index = (this.data.items as LateLine[]).findIndex(({ id }) => id === line.id)
      const isGiven = 'view' in outcome
      const { chosen } = this.data
      this.setData({
        [`items[${index}]`]: isGiven ? handedOver(line, outcome.view) : { ...line, failure: outcome.failure },
        chosen: isGiven ? chosen.filter((id) => id !== line.id) : chosen,
      })
    },
  },
})
