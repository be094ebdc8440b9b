// One's own data: to read, to take along, and to have erased.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { momentText } from '../../services/dates'
import { forgetEverything } from '../../services/forgetting'
import { start } from '../../services/session'
import { gone, sectionsOf, stays } from './view'

const CONFIRM = '注销'
const FILE_NAME = '沈环帮办-我的数据.json'

/** The export as it came: too much of it to be set as data. */
let whole = ''

Component({
  behaviors: [page, loading, sending],
  data: {
    sections: [] as ReturnType<typeof sectionsOf>,
    exportedAt: '',
    /** Not on every version of WeChat, nor on every computer. */
    canShare: typeof wx.shareFileMessage === 'function',
    gone,
    stays,
    isErasing: false,
    typed: '',
    word: CONFIRM,
  },
  methods: {
    onLoad() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const exported = await call('person.export', {})
        whole = JSON.stringify(exported, null, 2)
        this.setData({ sections: sectionsOf(exported.sections), exportedAt: momentText(exported.exportedAt) })
        return true
      })
    },
    copy() {
      void wx.setClipboardData({
        data: whole,
        fail: () => void wx.showToast({ title: '没有复制成，请再试一次', icon: 'none' }),
      })
    },
    saveFile() {
      const filePath = `${wx.env.USER_DATA_PATH}/${FILE_NAME}`
      try {
        wx.getFileSystemManager().writeFileSync(filePath, whole, 'utf8')
      } catch {
        return this.said('手机空间不够，没有存成')
      }
      void wx.shareFileMessage({
        filePath,
        fileName: FILE_NAME,
        fail: ({ errMsg }) => {
          if (!errMsg.includes('cancel')) this.said('这台设备上发不了文件，请用“复制”')
        },
      })
    },
    said(title: string) {
      void wx.showToast({ title, icon: 'none' })
    },
    beginErasing() {
      this.setData({ isErasing: true, typed: '' })
    },
    stopErasing() {
      this.setData({ isErasing: false, typed: '' })
    },
    type(event: WechatMiniprogram.Input) {
      this.setData({ typed: event.detail.value.trim() })
    },
    async erase() {
      if (this.data.typed !== CONFIRM) return
      const isDone = await this.send(() => call('person.erase', { confirm: CONFIRM }))
      if (!isDone) return
      whole = ''
      forgetEverything()
      await wx.showModal({
        title: '已经注销',
        content: '您的个人信息已经删除。以后再用，就是新的身份。',
        showCancel: false,
        confirmText: '知道了',
      })
      void wx.reLaunch({ url: '/pages/home/index' })
    },
  },
})
