// What is kept of a person and why, in plain words; WeChat's own policy page; how to take a permission back.
import { page } from '../../behaviors/page'
import { kept, uses } from './parts'

Component({
  behaviors: [page],
  data: { kept, uses },
  methods: {
    openContract() {
      wx.openPrivacyContract({ fail: () => void wx.showToast({ title: '暂时打不开，请稍后再试', icon: 'none' }) })
    },
    openSettings() {
      wx.openSetting({ fail: () => undefined })
    },
    openData() {
      void wx.navigateTo({ url: '/pages/data/index' })
    },
  },
})
