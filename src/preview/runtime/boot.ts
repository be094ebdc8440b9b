/** Starts a compiled mini-program in this window. */
import './globals.js'
import './engine/wxs.js'
import { defineBuiltIns } from './builtins/all.js'
import { recogniseFormField } from './builtins/controls.js'
import type { Bundle } from './bundle.js'
import { Code } from './engine/codeSpace.js'
import { listenToPointers } from './engine/pointer.js'
import { listenToEngine } from './engine/warnings.js'
import { makeNavigation, type Navigation } from './pages/navigation.js'
import { makeTabBar } from './pages/tabBar.js'
import { errorListeners, guarded, listenForUncaught, rejectionListeners, reportError } from './report.js'
import { makeShell } from './shell/shell.js'
import { appHidden, appShown, pageMissing } from './wx/events.js'
import { files } from './wx/files.js'
import { usePrivacy } from './wx/privacy.js'
import { wx } from './wx/wx.js'

type AppHook = 'onLaunch' | 'onShow' | 'onHide' | 'onError' | 'onUnhandledRejection' | 'onPageNotFound'
type AppInstance = Partial<Record<AppHook, (value: unknown) => unknown>>

export function boot(bundle: Bundle): void {
  start(bundle).catch(reportError)
}

async function start({ app, ...bundle }: Bundle): Promise<void> {
  listenForUncaught()
  listenToEngine()
  makeShell()
  const whenFilesAreThere = files.open()
  const code = new Code({ app, ...bundle })
  defineBuiltIns(code.space.getComponentSpace())
  recogniseFormField(code.formField)
  listenToPointers()
  if (app.tabBar) makeTabBar(app.tabBar)
  const navigation = makeNavigation(code, app, bundle.pages)
  usePrivacy(app['__usePrivacyCheck__'] === true)

  let instance: AppInstance = {}
  Object.assign(globalThis, {
    wx,
    App: (definition: AppInstance) => {
      instance = definition
    },
    getApp: () => instance,
    getCurrentPages: () => navigation.stack.map((page) => page.instance),
    Behavior: code.defineBehavior.bind(code),
  })
  await whenFilesAreThere
  guarded(() => bundle.loadApp(), 'app')
  runApp(instance, navigation)
}

function runApp(app: AppInstance, navigation: Navigation): void {
  const hook = (name: AppHook, value: unknown) => guarded(() => app[name]?.(value), `App ${name}`)
  if (app.onError) errorListeners.add((message) => void app.onError?.(message))
  if (app.onUnhandledRejection) rejectionListeners.add((event) => void app.onUnhandledRejection?.(event))
  const { launchOptions } = navigation
  const missing = navigation.missing()
  hook('onLaunch', launchOptions)
  hook('onShow', launchOptions)
  appShown.tell(launchOptions)
  if (missing) {
    const event = { path: missing.route, query: missing.query, isEntryPage: true }
    hook('onPageNotFound', event)
    pageMissing.tell(event)
  }
  navigation.launch()
  document.addEventListener('visibilitychange', () => {
    hook(document.hidden ? 'onHide' : 'onShow', launchOptions)
    ;(document.hidden ? appHidden : appShown).tell(launchOptions)
  })
}
