// Photos and files added to what is being written: sent one after the other while the person goes on writing.
import type { FileView } from '../../services/api'
import { Failure, sentenceOf } from '../../services/failure'
import { sizeText } from '../../services/files'
import {
  type Choice,
  chooseFiles,
  choosePhotos,
  keepPicked,
  type Picked,
  readPicked,
  stored,
  unstore,
} from '../../services/picking'
import { compressed, upload } from '../../services/upload'
import { filesOf, type Line, lineOf, merged, type Row, waiting } from './rows'

type Tap = WechatMiniprogram.TouchEvent<{}, {}, { key: string }>

const BYTES_MAX = 10 * 1024 * 1024

Component({
  properties: {
    /** The files sent so far; the page takes them from `change` and gives them back here. */
    value: { type: Array, value: [] as FileView[] },
    max: { type: Number, value: 9 },
    title: { type: String, value: '照片和文件' },
    hint: { type: String, value: '' },
    /** Only photos, as of a visit. */
    photosOnly: { type: Boolean, value: false },
    /** Photos keep when and where they were taken. */
    keepPlace: { type: Boolean, value: false },
    /** Of a tip: nothing of who sends them goes along. */
    isDiscreet: { type: Boolean, value: false },
    /** The name of the draft: what is not yet sent is still there when the page is opened again. */
    keepAs: { type: String, value: '' },
    /** What the server says of the files. */
    failure: { type: String, value: '' },
  },
  data: { rows: [] as Row[], lines: [] as Line[], room: 9 },
  observers: {
    'value, max': function (files: FileView[]) {
      this.show(merged(this.data.rows, files))
    },
  },
  lifetimes: {
    attached() {
      const left = this.data.keepAs ? readPicked(this.data.keepAs) : []
      if (left.length === 0) return
      this.show([...this.data.rows, ...left.map(waiting)])
      this.tell()
      void this.pump()
    },
    detached() {
      // What has been sent needs no room on the phone any more.
      for (const { path, file } of this.data.rows) if (file !== null) unstore(path)
    },
  },
  methods: {
    show(rows: Row[]) {
      this.setData({ rows, lines: rows.map(lineOf), room: this.data.max - rows.length })
    },
    change(key: string, change: Partial<Row>) {
      this.show(this.data.rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
    },
    /** Everything the page has to know: what is there, and whether it should wait. */
    tell() {
      const rows = this.data.rows
      if (this.data.keepAs) this.keep()
      const isBusy = rows.some(({ state }) => state === 'waiting' || state === 'sending')
      const isIncomplete = rows.some(({ state }) => state !== 'done')
      this.triggerEvent('change', { files: filesOf(rows), isBusy, isIncomplete })
    },
    addPhotos() {
      return this.add((choice) => choosePhotos({ ...choice, isOriginal: this.data.keepPlace }))
    },
    addFiles() {
      return this.add(chooseFiles)
    },
    async add(choose: (choice: Choice) => Promise<Picked[]>) {
      const count = this.data.room
      if (count <= 0) return
      try {
        const chosen = (await choose({ count: Math.min(count, 9) })).slice(0, count)
        if (chosen.length === 0) return
        const photos = this.data.rows.filter(({ kind }) => kind === 'image').length
        this.show([...this.data.rows, ...chosen.map((one, index) => waiting(numbered(one, photos + index + 1)))])
        this.tell()
        await this.pump()
      } catch (error) {
        void wx.showModal({ title: '没有添加', content: sentenceOf(error), showCancel: false, confirmText: '知道了' })
      }
    },
    retry(event: Tap) {
      this.change(event.currentTarget.dataset.key, { state: 'waiting', failure: '' })
      this.tell()
      void this.pump()
    },
    remove(event: Tap) {
      const { key } = event.currentTarget.dataset
      const row = this.data.rows.find((one) => one.key === key)
      if (row) unstore(row.path)
      this.show(this.data.rows.filter((one) => one.key !== key))
      this.tell()
    },
    preview(event: Tap) {
      const { key } = event.currentTarget.dataset
      const pictures = this.data.rows.filter(({ kind }) => kind === 'image')
      const current = pictures.find((row) => row.key === key)?.path
      if (current) void wx.previewImage({ current, urls: pictures.map(({ path }) => path) })
    },
    /** One after the other: on a poor signal two at once only take each other's time. */
    async pump() {
      const next = this.data.rows.find(({ state }) => state === 'waiting')
      if (!next || this.data.rows.some(({ state }) => state === 'sending')) return
      this.change(next.key, { state: 'sending', percent: 0 })
      await this.sendOne(next)
      this.tell()
      await this.pump()
    },
    async sendOne(row: Row) {
      const { key, name } = row
      try {
        const path = row.isReady ? row.path : await this.prepare(row)
        const { keepPlace, isDiscreet } = this.data
        const onProgress = (percent: number) => this.change(key, { percent })
        const file = await upload(path, { key, name, keepPlace, isDiscreet, onProgress })
        // Removed meanwhile: there is nothing to mark, and the server forgets it within a day.
        this.change(key, { state: 'done', percent: 100, file })
      } catch (error) {
        const canRetry = !(error instanceof Failure && error.status >= 400 && error.status < 500)
        this.change(key, { state: 'failed', failure: sentenceOf(error), canRetry })
      }
    },
    /** Small enough to send, and where a draft wants it, kept on the phone until it is sent. */
    async prepare({ key, path, size, kind }: Row): Promise<string> {
      const { keepPlace, keepAs } = this.data
      const smaller = kind === 'image' && !keepPlace ? await compressed(path, size) : path
      if (smaller === path && size > BYTES_MAX) throw tooLarge(size)
      const lasting = keepAs ? await stored(smaller) : smaller
      this.change(key, { path: lasting, isReady: true })
      if (keepAs) this.keep()
      return lasting
    },
    keep() {
      const unsent = this.data.rows.filter(({ file }) => file === null)
      keepPicked(this.data.keepAs, unsent.map(pickedOf))
    },
  },
})

const pickedOf = ({ key, path, name, size, kind, isReady }: Row): Picked => ({ key, path, name, size, kind, isReady })

const numbered = (picked: Picked, number: number): Picked =>
  picked.kind === 'image' && /^照片\d+$/.test(picked.name) ? { ...picked, name: `照片${number}` } : picked

const tooLarge = (size: number) =>
  new Failure({ status: 413, title: `文件有 ${sizeText(size)}，超过 10 MB，请压缩后再传，或拆成几个` })
