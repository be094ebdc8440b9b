/** wx.onX and wx.offX: the app shown and hidden, errors, the window's size; what a browser never tells is accepted. */
import { errorListeners, guarded, rejectionListeners } from '../report.js'
import { shell } from '../shell/shell.js'

type Listener<T> = (event: T) => void

class Listeners<T> {
  readonly #all = new Set<Listener<T>>()

  readonly on = (listener: Listener<T>): void => void this.#all.add(listener)
  readonly off = (listener?: Listener<T>): void => {
    if (listener) this.#all.delete(listener)
    else this.#all.clear()
  }

  tell(event: T): void {
    for (const listener of this.#all) guarded(() => listener(event), 'listener')
  }
}

export const appShown = new Listeners<object>()
export const appHidden = new Listeners<object>()
export const pageMissing = new Listeners<object>()
const resized = new Listeners<object>()

addEventListener('resize', () => {
  const { clientWidth, clientHeight } = shell().app
  resized.tell({ size: { windowWidth: clientWidth, windowHeight: clientHeight } })
})

const NEVER_TOLD = `ThemeChange KeyboardHeightChange MemoryWarning UserCaptureScreen AudioInterruptionBegin
  AudioInterruptionEnd MenuButtonBoundingClientRectWeightChange LocationChange CopyUrl`.split(/\s+/)

export const eventApis = {
  onAppShow: appShown.on,
  offAppShow: appShown.off,
  onAppHide: appHidden.on,
  offAppHide: appHidden.off,
  onPageNotFound: pageMissing.on,
  offPageNotFound: pageMissing.off,
  onWindowResize: resized.on,
  offWindowResize: resized.off,
  onError: (listener: Listener<string>) => void errorListeners.add(listener),
  offError: (listener?: Listener<string>) => forget(errorListeners, listener),
  onUnhandledRejection: (listener: Listener<{ reason: unknown; promise: Promise<unknown> }>) =>
    void rejectionListeners.add(listener),
  offUnhandledRejection: (listener?: Listener<{ reason: unknown; promise: Promise<unknown> }>) =>
    forget(rejectionListeners, listener),
  ...Object.fromEntries(NEVER_TOLD.flatMap((name) => [`on${name}`, `off${name}`].map((one) => [one, () => undefined]))),
}

function forget<T>(all: Set<T>, one: T | undefined): void {
  if (one === undefined) all.clear()
  else all.delete(one)
}
