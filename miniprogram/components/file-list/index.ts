// Files that were sent: pictures as thumbnails, documents as lines; a tap opens one. What is held back says so.
import type { FileView } from '../../services/api'
import { iconOf, openFile, sizeText } from '../../services/files'
import { fileAddress } from '../../services/upload'

type Tap = WechatMiniprogram.TouchEvent<{}, {}, { id: string }>

Component({
  properties: {
    files: { type: Array, value: [] as FileView[] },
    /** Not yet released pictures stay covered until they are tapped: for staff. */
    covers: { type: Boolean, value: false },
  },
  data: { pictures: [] as object[], documents: [] as object[], uncovered: [] as string[], lost: [] as string[] },
  observers: {
    'files, covers, uncovered, lost': function (
      files: FileView[],
      covers: boolean,
      uncovered: string[],
      lost: string[],
    ) {
      const lines = files.map((file) => ({
        id: file.id,
        name: file.name,
        address: fileAddress(file),
        icon: iconOf(file.kind),
        about: aboutOf(file),
        isPicture: file.kind === 'image',
        isLost: lost.includes(file.id),
        cover: coverOf(file, covers && !uncovered.includes(file.id)),
      }))
      this.setData({
        pictures: lines.filter(({ isPicture }) => isPicture),
        documents: lines.filter(({ isPicture }) => !isPicture),
      })
    },
  },
  methods: {
    async open(event: Tap) {
      const { id } = event.currentTarget.dataset
      const file = this.data.files.find((one) => one.id === id)
      if (!file) return
      if (file.url === null) {
        void wx.showToast({ title: '这个文件还在审核，通过后就能打开', icon: 'none' })
        return
      }
      if (file.kind === 'image' && file.isHeld && this.data.covers && !this.data.uncovered.includes(id)) {
        this.setData({ uncovered: [...this.data.uncovered, id] })
        return
      }
      if (await openFile(file, this.data.files)) return
      void wx.showToast({ title: '没打开，正在重新取一次，请稍后再点', icon: 'none' })
      this.triggerEvent('stale')
    },
    /** A link is good for ten minutes: the page fetches new ones when it hears `stale`. */
    missing(event: Tap) {
      this.setData({ lost: [...this.data.lost, event.currentTarget.dataset.id] })
    },
  },
})

/** Why a picture is not shown; empty where it is. */
function coverOf({ url, isHeld }: FileView, isCovered: boolean): string {
  if (url === null) return '审核中'
  return isHeld && isCovered ? '未审核\n点开查看' : ''
}

function aboutOf({ size, isHeld, url }: FileView): string {
  const state = url === null ? '审核中，暂时打不开' : isHeld ? '待审核' : ''
  return [sizeText(size), state].filter((part) => part !== '').join('，')
}
