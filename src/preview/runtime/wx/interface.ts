/** What wx puts on the screen: messages, questions, bars; and the clipboard and telephone beside them. */
import { navigation } from '../pages/navigation.js'
import { tabBar } from '../pages/tabBar.js'
import { askActions, askModal, type ModalOptions } from '../shell/dialogs.js'
import { hideToast, showLoading, showToast, type ToastOptions } from '../shell/toast.js'
import { call, Refusal } from './call.js'
import { guardedCall } from './privacy.js'

interface ActionOptions {
  itemList: string[]
  itemColor?: string
  alertText?: string
}

async function showActionSheet({ itemList, itemColor, alertText }: ActionOptions) {
  if (!Array.isArray(itemList) || itemList.length === 0 || itemList.length > 6) {
    throw new Refusal('parameter error: itemList should have 1 to 6 items')
  }
  const tapIndex = await askActions(itemList, itemColor, alertText)
  if (tapIndex === undefined) throw new Refusal('cancel')
  return { tapIndex }
}

/** Where the browser has no clipboard for this page, the old way. */
async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = document.body.appendChild(document.createElement('textarea'))
    field.value = text
    field.select()
    document.execCommand('copy')
    field.remove()
  }
}

interface ScrollOptions {
  scrollTop?: number
  selector?: string
  offsetTop?: number
  duration?: number
}

interface Indexed {
  index: number
}

const bar = () => navigation().current()

export const interfaceApis = {
  showToast: call('showToast', (options: ToastOptions) => showToast(options)),
  hideToast: call('hideToast', hideToast),
  showLoading: call('showLoading', (options: ToastOptions) => showLoading(options)),
  hideLoading: call('hideLoading', hideToast),
  showModal: call('showModal', (options: ModalOptions) => askModal(options)),
  showActionSheet: call('showActionSheet', showActionSheet),
  setClipboardData: guardedCall('setClipboardData', async ({ data }: { data: string }) => {
    await writeClipboard(data)
    showToast({ title: '内容已复制' })
  }),
  getClipboardData: guardedCall('getClipboardData', async () => ({ data: await navigator.clipboard.readText() })),
  makePhoneCall: call('makePhoneCall', async ({ phoneNumber }: { phoneNumber: string }) => {
    const { confirm } = await askModal({ title: phoneNumber, content: '拨打电话', confirmText: '呼叫' })
    if (!confirm) throw new Refusal('cancel')
  }),
  setNavigationBarTitle: call('setNavigationBarTitle', ({ title }: { title: string }) => {
    bar()?.bar({ navigationBarTitleText: title })
  }),
  setNavigationBarColor: call('setNavigationBarColor', (colours: { frontColor: string; backgroundColor: string }) => {
    bar()?.bar({
      navigationBarBackgroundColor: colours.backgroundColor,
      navigationBarTextStyle: colours.frontColor === '#000000' ? 'black' : 'white',
    })
  }),
  showNavigationBarLoading: call('showNavigationBarLoading', () => bar()?.bar({ isLoading: true })),
  hideNavigationBarLoading: call('hideNavigationBarLoading', () => bar()?.bar({ isLoading: false })),
  hideHomeButton: call('hideHomeButton', () => bar()?.bar({ hasHomeButton: false })),
  setBackgroundColor: call('setBackgroundColor', ({ backgroundColor }: { backgroundColor?: string }) => {
    bar()?.meta({ background: backgroundColor ?? '' })
  }),
  enableAlertBeforeUnload: call('enableAlertBeforeUnload', ({ message }: { message: string }) => {
    const page = bar()
    if (page) page.alert = message
  }),
  disableAlertBeforeUnload: call('disableAlertBeforeUnload', () => {
    const page = bar()
    if (page) page.alert = ''
  }),
  setBackgroundTextStyle: call('setBackgroundTextStyle', () => undefined),
  setTabBarBadge: call('setTabBarBadge', ({ index, text }: Indexed & { text: string }) => tabBar().mark(index, text)),
  removeTabBarBadge: call('removeTabBarBadge', ({ index }: Indexed) => tabBar().mark(index, undefined)),
  showTabBarRedDot: call('showTabBarRedDot', ({ index }: Indexed) => tabBar().mark(index, '')),
  hideTabBarRedDot: call('hideTabBarRedDot', ({ index }: Indexed) => tabBar().mark(index, undefined)),
  setTabBarItem: call('setTabBarItem', ({ index, text }: Indexed & { text?: string }) => tabBar().rename(index, text)),
  showTabBar: call('showTabBar', () => tabBar().toggle(true)),
  hideTabBar: call('hideTabBar', () => tabBar().toggle(false)),
  startPullDownRefresh: call('startPullDownRefresh', () => bar()?.startPull()),
  stopPullDownRefresh: call('stopPullDownRefresh', () => bar()?.stopPull()),
  pageScrollTo: call('pageScrollTo', ({ scrollTop, selector, offsetTop = 0, duration = 300 }: ScrollOptions) => {
    bar()?.scrollTo(selector === undefined ? (scrollTop ?? 0) : { selector, offsetTop }, duration)
  }),
  hideKeyboard: call('hideKeyboard', () => (document.activeElement as HTMLElement | null)?.blur()),
  showShareMenu: call('showShareMenu', () => undefined),
  hideShareMenu: call('hideShareMenu', () => undefined),
  updateShareMenu: call('updateShareMenu', () => undefined),
  loadFontFace: call('loadFontFace', async ({ family, source }: { family: string; source: string }) => {
    document.fonts.add(await new FontFace(family, source).load())
    return { status: 'loaded' }
  }),
}
