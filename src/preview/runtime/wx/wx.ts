/** The whole of `wx`. What is not here does not exist, so that `wx.canIUse` and plain tests tell the truth. */
import { builtIns } from '../builtins/all.js'
import type { Instance } from '../engine/nodes.js'
import { SelectorQuery } from '../engine/selectorQuery.js'
import { IntersectionObserverOfPage } from '../engine/intersection.js'
import { navigation } from '../pages/navigation.js'
import { call } from './call.js'
import { createAnimation } from './createAnimation.js'
import { eventApis } from './events.js'
import { fileSystemApis } from './fileSystem.js'
import { interfaceApis } from './interface.js'
import { loginApis } from './login.js'
import { mediaApis } from './media.js'
import { networkApis } from './network.js'
import { paymentApis } from './payment.js'
import { openTypes } from './openTypes.js'
import { permissionApis } from './permissions.js'
import { placeApis } from './place.js'
import { privacyApis } from './privacy.js'
import { storageApis } from './storage.js'
import { systemApis } from './system.js'

interface Url {
  url: string
}

const navigationApis = {
  navigateTo: call('navigateTo', (options: Url & { events?: Record<string, (data: unknown) => void> }) =>
    navigation().navigateTo(options),
  ),
  redirectTo: call('redirectTo', (options: Url) => navigation().redirectTo(options)),
  switchTab: call('switchTab', (options: Url) => navigation().switchTab(options)),
  reLaunch: call('reLaunch', (options: Url) => navigation().reLaunch(options)),
  navigateBack: call('navigateBack', (options: { delta?: number }) => navigation().navigateBack(options)),
  getLaunchOptionsSync: () => navigation().launchOptions,
  getEnterOptionsSync: () => navigation().launchOptions,
}

const pageApis = {
  createSelectorQuery: () => new SelectorQuery(),
  createIntersectionObserver: (scope: Instance, options?: object) => new IntersectionObserverOfPage(scope, options),
  createAnimation,
}

const all = {
  ...navigationApis,
  ...pageApis,
  ...interfaceApis,
  ...loginApis,
  ...paymentApis,
  ...permissionApis,
  ...privacyApis,
  ...networkApis,
  ...storageApis,
  ...fileSystemApis,
  ...mediaApis,
  ...placeApis,
  ...systemApis,
  ...eventApis,
}

/** `getLocation.success.latitude`, `button.open-type.contact`, `picker-view`. */
function canIUse(schema: string): boolean {
  const [name = '', property, value] = schema.split('.')
  if (name in all || name === 'canIUse') return true
  if (!(name in builtIns)) return false
  return name !== 'button' || property !== 'open-type' || value === undefined || value in openTypes
}

export const wx = { ...all, canIUse }
