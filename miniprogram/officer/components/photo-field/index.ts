// Photos of a visit, only after the firm agreed; kept on the phone until they are sent.
import { sentenceOf } from '../../../services/failure'
import type { Photo } from '../../../services/outbox'
import { keepPhoto } from '../../../services/phoneOutbox'
import { choosePhotos, unstore } from '../../../services/picking'

const MOST = 9
type Tap = WechatMiniprogram.TouchEvent<{}, {}, { key: string }>

Component({
  properties: {
    photos: { type: Array, value: [] as Photo[] },
    isAgreed: { type: Boolean, value: false },
    /** With when and where they were taken: then they are not made smaller. */
    keepPlace: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: {
    choices: [
      { value: 'yes', label: '企业同意拍照' },
      { value: 'no', label: '不拍照' },
    ],
    most: MOST,
  },
  methods: {
    async choose({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const isAgreed = detail.value === 'yes'
      const photos = this.data.photos as Photo[]
      if (!isAgreed && photos.length > 0) {
        const content = `已经加的${photos.length}张照片会从手机里删掉。`
        const { confirm } = await wx.showModal({
          title: '不要照片了吗',
          content,
          confirmText: '删掉',
          cancelText: '留着',
        })
        if (!confirm) return
        for (const { path } of photos) unstore(path)
        this.triggerEvent('change', { photosAgreed: false, photos: [] })
        return
      }
      this.triggerEvent('change', { photosAgreed: isAgreed, photos })
    },
    async add() {
      const room = MOST - this.data.photos.length
      if (room <= 0) return
      try {
        const picked = await choosePhotos({ count: room, isOriginal: this.data.keepPlace })
        for (const one of picked.slice(0, room)) {
          const photo = await keepPhoto(one)
          this.triggerEvent('change', { photos: [...(this.data.photos as Photo[]), photo] })
        }
      } catch (error) {
        void wx.showModal({ title: '没有添加', content: sentenceOf(error), showCancel: false, confirmText: '知道了' })
      }
    },
    drop(event: Tap) {
      const { key } = event.currentTarget.dataset
      const photos = this.data.photos as Photo[]
      const dropped = photos.find((photo) => photo.key === key)
      if (dropped) unstore(dropped.path)
      this.triggerEvent('change', { photos: photos.filter((photo) => photo.key !== key) })
    },
    look(event: Tap) {
      const photos = this.data.photos as Photo[]
      const current = photos.find(({ key }) => key === event.currentTarget.dataset.key)?.path
      if (current) void wx.previewImage({ current, urls: photos.map(({ path }) => path) })
    },
  },
})
