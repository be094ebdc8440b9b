// Oneself: name and phone, in which role one is here, how large letters are, and the way to everything of one's own.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Me } from '../../services/api'
import { call } from '../../services/call'
import { fieldErrorsOf } from '../../services/fieldErrors'
import { chooseRole, currentHat, currentRole } from '../../services/hats'
import { currentMe, onMe, setMe, start } from '../../services/session'
import { isLargeType, setLargeType } from '../../services/typeScale'
import { entriesOf, identityOf } from './view'

let stop: (() => void) | undefined

/** Released versions have a number; the developer's has none. */
const versionText = () => wx.getAccountInfoSync().miniProgram.version || '开发版'

Component({
  behaviors: [page, loading, sending],
  data: {
    who: {} as ReturnType<typeof identityOf>,
    groups: [] as ReturnType<typeof entriesOf>,
    isLarge: false,
    version: versionText(),
    isNaming: false,
    /** What the field begins with. */
    begin: '',
    name: '',
    nameFault: '',
  },
  lifetimes: {
    attached() {
      // The inbox and the firms change what is said here.
      stop = onMe((me) => {
        if (me) this.show(me)
      })
    },
    detached() {
      stop?.()
    },
  },
  pageLifetimes: {
    show() {
      void this.refresh()
    },
  },
  methods: {
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        setMe(await call('session.me', {}))
        const me = currentMe()
        if (me) this.show(me)
        return true
      })
    },
    show(me: Me) {
      this.setData({ who: identityOf(me), groups: entriesOf(me, currentHat(me)), isLarge: isLargeType() })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url })
    },
    chooseRole(event: WechatMiniprogram.TouchEvent<{}, {}, { code: ReturnType<typeof currentRole> }>) {
      chooseRole(event.currentTarget.dataset.code)
      // Whoever listens draws anew: this page, and the tabs.
      setMe(currentMe())
    },
    switchLarge() {
      setLargeType(!isLargeType())
      this.restyle()
      setMe(currentMe())
    },
    openName() {
      this.setData({ isNaming: true, begin: this.data.who.name, name: this.data.who.name, nameFault: '' })
    },
    closeName() {
      this.setData({ isNaming: false })
    },
    nameSheetChange(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.closeName()
    },
    typeName(event: WechatMiniprogram.Input) {
      this.setData({ name: event.detail.value, nameFault: '' })
    },
    async saveName() {
      const name = this.data.name.trim()
      if (!name) return this.setData({ nameFault: '请写上怎么称呼您' })
      await this.send(async () => {
        try {
          setMe(await call('person.update', { name }))
          this.closeName()
        } catch (error) {
          const nameFault = fieldErrorsOf(error)?.['name']
          if (!nameFault) throw error
          this.setData({ nameFault })
        }
      })
    },
    async bindPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
      const { code } = event.detail
      // Refused: nothing is said, everything else goes on.
      if (!code) return
      const isDone = await this.send(async () => setMe(await call('person.bindPhone', { code })))
      if (!isDone) return
      void wx.showToast({ title: '手机号已绑定', icon: 'none' })
    },
    callHotline() {
      wx.makePhoneCall({ phoneNumber: '12345', fail: () => undefined })
    },
  },
})
