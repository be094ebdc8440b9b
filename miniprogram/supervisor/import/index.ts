// What an office or a platform has in Excel: chosen, checked without a change, what is wrong shown in Excel, then imported. Takes `?of=leads`, otherwise the ledger.
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { Failure } from '../../services/failure'
import { fetchRun, followed, openWorkbook } from '../../services/exporting'
import { sizeText } from '../../services/files'
import { newId } from '../../services/identifier'
import { chooseFiles } from '../../services/picking'
import { start } from '../../services/session'
import { upload } from '../../services/upload'
import { haveWords } from '../../services/words'
import { blank, kindOf, ledger, outcomeOf } from './view'

const BYTES_MAX = 10 * 1024 * 1024

Component({
  behaviors: [page, sending],
  data: {
    fileId: '',
    fileName: '',
    fileSays: '',
    kind: ledger,
    /** What lines are that do not say it. */
    otherwise: '',
    options: [] as ReturnType<typeof ledger.options>,
    outcome: blank,
    runId: '',
    isWanted: true,
  },
  lifetimes: {
    detached() {
      this.data.isWanted = false
    },
  },
  methods: {
    async onLoad({ of }: Record<string, string | undefined>) {
      const kind = kindOf(of)
      void wx.setNavigationBarTitle({ title: kind.title })
      this.setData({ kind })
      await this.send(async () => {
        await start()
        await haveWords()
        this.setData({ options: kind.options() })
      })
    },
    chooseOther(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ otherwise: event.detail.value, outcome: blank, runId: '' })
    },
    choose() {
      return this.send(async () => {
        const [file] = await chooseFiles({ count: 1 })
        if (!file) return
        if (file.size > BYTES_MAX) {
          throw new Failure({
            status: 413,
            title: `文件有 ${sizeText(file.size)}，超过 10 MB。请删去图片，或分几次导入`,
          })
        }
        this.setData({ fileId: '', fileName: file.name, fileSays: '正在上传', outcome: blank, runId: '' })
        try {
          const onProgress = (percent: number) => this.setData({ fileSays: `正在上传 ${percent}%` })
          const { id } = await upload(file.path, { key: file.key, name: file.name, onProgress })
          this.setData({ fileId: id, fileSays: sizeText(file.size) })
        } catch (error) {
          this.setData({ fileName: '', fileSays: '' })
          throw error
        }
        await this.run(true)
      })
    },
    /** Checks again, as after another ledger was chosen. */
    check() {
      return this.send(() => this.run(true))
    },
    async commit() {
      const { confirm } = await wx.showModal({
        title: '现在导入？',
        content: this.data.outcome.text,
        confirmText: '导入',
      })
      if (confirm) await this.send(() => this.run(false))
    },
    async run(isDryRun: boolean) {
      const { fileId, kind, otherwise } = this.data
      const input = { fileId, isDryRun, ...(otherwise ? { [kind.field]: otherwise } : {}) }
      const begun = await call(kind.verb, input as Input<'project.import'>, { key: newId() })
      this.setData({ runId: begun.id })
      await followed(
        begun,
        (now) => this.setData({ outcome: outcomeOf(now) }),
        () => this.data.isWanted,
      )
    },
    openReport() {
      return this.send(async () => openWorkbook(await fetchRun(this.data.runId)))
    },
    openResult() {
      const { url, isTab } = this.data.kind
      if (isTab) void wx.switchTab({ url })
      else void wx.redirectTo({ url })
    },
  },
})
