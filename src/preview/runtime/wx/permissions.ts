/** wx.getSetting, authorize and openSetting: what the browser lets the page do, in WeChat's names. */
import { askModal } from '../shell/dialogs.js'
import { call, Refusal } from './call.js'

const BROWSER_NAMES: Record<string, string> = {
  'scope.userLocation': 'geolocation',
  'scope.camera': 'camera',
  'scope.record': 'microphone',
}

/** Undefined: not asked yet. */
async function isAllowed(scope: string): Promise<boolean | undefined> {
  const name = BROWSER_NAMES[scope]
  if (name === undefined) return true
  const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => undefined)
  return status === undefined || status.state === 'prompt' ? undefined : status.state === 'granted'
}

/** Only what has been asked for is in it. */
export async function settings(): Promise<Record<string, boolean>> {
  const all = await Promise.all(
    Object.keys(BROWSER_NAMES).map(async (scope) => [scope, await isAllowed(scope)] as const),
  )
  return Object.fromEntries(all.filter((one): one is [string, boolean] => one[1] !== undefined))
}

async function authorize({ scope }: { scope: string }): Promise<void> {
  if ((await isAllowed(scope)) === false) throw new Refusal('auth deny')
  if (scope !== 'scope.userLocation' || (await isAllowed(scope))) return
  await new Promise<void>((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      () => resolve(),
      () => reject(new Refusal('auth deny')),
      { timeout: 5000 },
    )
  })
}

async function openSetting() {
  await askModal({ title: '设置', content: '在浏览器的地址栏旁更改位置、相机等权限', showCancel: false })
  return { authSetting: await settings() }
}

export const permissionApis = {
  getSetting: call('getSetting', async () => ({
    authSetting: await settings(),
    subscriptionsSetting: { mainSwitch: true },
  })),
  authorize: call('authorize', authorize),
  openSetting: call('openSetting', openSetting),
  openAppAuthorizeSetting: call('openAppAuthorizeSetting', openSetting),
  getAppAuthorizeSetting: () => ({
    albumAuthorized: 'authorized',
    cameraAuthorized: 'authorized',
    locationAuthorized: 'authorized',
    microphoneAuthorized: 'authorized',
    notificationAuthorized: 'authorized',
  }),
}
