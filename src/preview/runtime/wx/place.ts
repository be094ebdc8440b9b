/** Where the person is: the browser's position, and a form in place of WeChat's map. */
import { make } from '../dom.js'
import { askConsent, askModal } from '../shell/dialogs.js'
import { call, Refusal } from './call.js'
import { guardedCall } from './privacy.js'

const TIMEOUT_MS = 10_000
/** The middle of Shenyang. */
const USUAL_PLACE = { latitude: 41.8057, longitude: 123.4315 }
const FAULTS: Record<number, string> = { 1: 'auth deny', 2: 'system permission denied', 3: 'timeout' }

interface LocationOptions {
  altitude?: boolean
  isHighAccuracy?: boolean
}

function getLocation({ altitude: wantsAltitude = false, isHighAccuracy = false }: LocationOptions): Promise<object> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy, altitude, speed, altitudeAccuracy } }) =>
        resolve({
          latitude,
          longitude,
          accuracy,
          altitude: wantsAltitude ? (altitude ?? 0) : 0,
          speed: speed ?? -1,
          horizontalAccuracy: accuracy,
          verticalAccuracy: altitudeAccuracy ?? 0,
        }),
      ({ code, message }) => reject(new Refusal(FAULTS[code] ?? message)),
      { timeout: TIMEOUT_MS, enableHighAccuracy: isHighAccuracy },
    )
  })
}

interface Place {
  name?: string
  address?: string
  latitude: number
  longitude: number
}

async function chooseLocation(given: Partial<Place>): Promise<object> {
  const field = (label: string, value: string) => {
    const input = make('input', { class: 'mp-field', 'aria-label': label, placeholder: label })
    input.value = value
    return input
  }
  const name = field('地点名称', '')
  const address = field('地址', '')
  const latitude = field('纬度', String(given.latitude ?? USUAL_PLACE.latitude))
  const longitude = field('经度', String(given.longitude ?? USUAL_PLACE.longitude))
  const chosen = await askConsent<Place>({
    title: '选择位置',
    text: '微信里在这里打开地图',
    body: [name, address, latitude, longitude],
    agree: '确定',
    refuse: '取消',
    answer: () => {
      const place = { name: name.value, address: address.value, latitude: +latitude.value, longitude: +longitude.value }
      return Number.isFinite(place.latitude) && Number.isFinite(place.longitude) ? place : undefined
    },
  })
  if (!chosen) throw new Refusal('cancel')
  return chosen
}

async function openLocation({ name = '', address = '', latitude, longitude }: Place): Promise<void> {
  const content = [address, `${latitude}，${longitude}`].filter(Boolean).join('\n')
  await askModal({ title: name || '位置', content, showCancel: false, confirmText: '关闭' })
}

export const placeApis = {
  getLocation: guardedCall('getLocation', getLocation),
  getFuzzyLocation: guardedCall('getFuzzyLocation', getLocation),
  chooseLocation: guardedCall('chooseLocation', chooseLocation),
  openLocation: call('openLocation', openLocation),
}
