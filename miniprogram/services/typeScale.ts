// How large letters are: WeChat's own font size, made larger by the large-type mode of this mini-program.

const LARGE = 'largeType'
/** WeChat's setting in px at its standard size. */
const STANDARD = { ios: 17, other: 16 }
const LARGE_STEP = 1.25
/** Beyond this a line of a card holds less than a sentence. */
const MOST = 1.75

interface FontSetting {
  fontSizeSetting?: number
  /** How many times the standard size; newer versions of WeChat only. */
  fontSizeScaleFactor?: number
}

export const isLargeType = (): boolean => wx.getStorageSync<boolean>(LARGE) === true

export function setLargeType(isLarge: boolean): void {
  wx.setStorageSync(LARGE, isLarge)
}

/** 1 at WeChat's standard size, never below. */
export function typeScale(): number {
  const { fontSizeSetting, fontSizeScaleFactor } = wx.getAppBaseInfo() as FontSetting
  const standard = wx.getDeviceInfo().platform === 'ios' ? STANDARD.ios : STANDARD.other
  const system = fontSizeScaleFactor ?? (fontSizeSetting === undefined ? 1 : fontSizeSetting / standard)
  return Math.min(MOST, Math.max(1, system) * (isLargeType() ? LARGE_STEP : 1))
}
