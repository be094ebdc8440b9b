// A list as an Excel file: begun with a tap, its progress told in words, the workbook opened when it is there.
import { sentenceOf } from '../../services/failure'
import {
  canSend,
  type ExportVerb,
  type Fetched,
  fetchRun,
  followed,
  isOffered,
  openWorkbook,
  progressText,
  sendWorkbook,
  startExport,
} from '../../services/exporting'
import { newId } from '../../services/identifier'
import { currentMe, onMe } from '../../services/session'

Component({
  properties: {
    verb: { type: String, value: 'case.export' as ExportVerb },
    /** The list's filter, as the page asks with it. */
    filter: { type: Object, value: {} as object },
    /** The ledger comes in from Excel as well. */
    withImport: { type: Boolean, value: false },
  },
  data: {
    isOffered: false,
    canImport: false,
    isBusy: false,
    says: '',
    canSend,
    workbook: null as Fetched | null,
    isWanted: true,
    stop: () => {},
  },
  lifetimes: {
    attached() {
      this.look()
      this.data.stop = onMe(() => this.look())
    },
    detached() {
      this.data.isWanted = false
      this.data.stop()
    },
  },
  methods: {
    look() {
      const me = currentMe()
      this.setData({
        isOffered: isOffered(me, this.data.verb as ExportVerb),
        canImport: this.data.withImport && isOffered(me, 'project.import'),
      })
    },
    async start() {
      if (this.data.isBusy) return
      this.setData({ isBusy: true, says: '正在准备…', workbook: null })
      try {
        const begun = await startExport(this.data.verb as ExportVerb, given(this.data.filter), newId())
        const run = await followed(
          begun,
          (now) => this.setData({ says: progressText(now) }),
          () => this.data.isWanted,
        )
        if (!this.data.isWanted) return
        this.setData({ says: run.message ?? '' })
        if (!run.file) return
        this.setData({ workbook: await fetchRun(run.id) })
        await this.open()
      } catch (error) {
        this.fail(error)
      } finally {
        this.setData({ isBusy: false })
      }
    },
    async open() {
      try {
        if (this.data.workbook) await openWorkbook(this.data.workbook)
      } catch (error) {
        this.fail(error)
      }
    },
    sendOn() {
      if (this.data.workbook) sendWorkbook(this.data.workbook)
    },
    openImport() {
      void wx.navigateTo({ url: '/supervisor/import/index' })
    },
    fail(error: unknown) {
      void wx.showModal({ title: '没有成功', content: sentenceOf(error), showCancel: false, confirmText: '知道了' })
      if (!this.data.workbook) this.setData({ says: '' })
    },
  },
})

/** What was left open is not sent. */
const given = (filter: object): object =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )
