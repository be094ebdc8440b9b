/** What wx tells of the phone, of WeChat and of the mini-program itself. */
import { currentArea } from '../pages/area.js'
import { fontSize, platform } from '../person.js'
import { shell } from '../shell/shell.js'
import { call } from './call.js'

/** The base library whose ways the preview follows. */
const SDK_VERSION = '3.7.0'
const USUAL_FONT_SIZE = 16
export const MENU_BUTTON = { width: 87, height: 32, top: 6, right: 7 }

function windowInfo() {
  const { clientWidth: screenWidth, clientHeight: screenHeight } = shell().app
  const area = currentArea()
  const windowHeight = area.height || screenHeight
  return {
    pixelRatio: devicePixelRatio,
    screenWidth,
    screenHeight,
    windowWidth: area.width || screenWidth,
    windowHeight,
    statusBarHeight: 0,
    screenTop: screenHeight - windowHeight,
    safeArea: { left: 0, top: 0, right: screenWidth, bottom: screenHeight, width: screenWidth, height: screenHeight },
  }
}

const appBaseInfo = () => ({
  SDKVersion: SDK_VERSION,
  version: '8.0.50',
  language: 'zh_CN',
  theme: 'light',
  enableDebug: false,
  host: { env: 'WeChat', appId: '', version: 0 },
  fontSizeSetting: fontSize,
  fontSizeScaleFactor: fontSize / USUAL_FONT_SIZE,
})

const deviceInfo = () => ({
  abi: '',
  benchmarkLevel: 40,
  brand: platform,
  model: platform,
  platform,
  system: platform === 'ios' ? 'iOS 17.0' : platform === 'android' ? 'Android 14' : platform,
  cpuType: '',
  memorySize: 4096,
})

const systemSetting = () => ({
  bluetoothEnabled: false,
  locationEnabled: true,
  wifiEnabled: true,
  deviceOrientation: innerWidth > innerHeight ? 'landscape' : 'portrait',
})

const systemInfo = () => ({
  ...systemSetting(),
  ...deviceInfo(),
  ...appBaseInfo(),
  ...windowInfo(),
  albumAuthorized: true,
  cameraAuthorized: true,
  locationAuthorized: true,
  notificationAuthorized: true,
})

function menuButton() {
  const { clientWidth } = shell().app
  const { width, height, top, right } = MENU_BUTTON
  return { width, height, top, bottom: top + height, right: clientWidth - right, left: clientWidth - right - width }
}

const updateManager = {
  onCheckForUpdate: (listener: (answer: { hasUpdate: boolean }) => void) =>
    void setTimeout(() => listener({ hasUpdate: false })),
  onUpdateReady: () => undefined,
  onUpdateFailed: () => undefined,
  applyUpdate: () => location.reload(),
}

/** Nobody collects logs here. */
const silentLog = { debug: nothing, info: nothing, log: nothing, warn: nothing, error: nothing, setFilterMsg: nothing }

function nothing(): void {
  // On purpose.
}

export const systemApis = {
  getSystemInfoSync: systemInfo,
  getSystemInfo: call('getSystemInfo', systemInfo),
  getSystemInfoAsync: call('getSystemInfoAsync', systemInfo),
  getWindowInfo: windowInfo,
  getAppBaseInfo: appBaseInfo,
  getDeviceInfo: deviceInfo,
  getSystemSetting: systemSetting,
  getMenuButtonBoundingClientRect: menuButton,
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'wx-preview', envVersion: 'develop', version: '' },
    plugin: { appId: '', version: '' },
  }),
  getUpdateManager: () => updateManager,
  getLogManager: () => silentLog,
  getRealtimeLogManager: () => silentLog,
  getExtConfigSync: () => ({}),
  reportEvent: nothing,
  reportAnalytics: nothing,
  vibrateShort: call('vibrateShort', () => void navigator.vibrate?.(15)),
  vibrateLong: call('vibrateLong', () => void navigator.vibrate?.(400)),
  setKeepScreenOn: call('setKeepScreenOn', nothing),
  setEnableDebug: call('setEnableDebug', nothing),
  setInnerAudioOption: call('setInnerAudioOption', nothing),
  exitMiniProgram: call('exitMiniProgram', nothing),
  nextTick: (work: () => void) => queueMicrotask(work),
}
