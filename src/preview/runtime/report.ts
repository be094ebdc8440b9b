/** Where errors of the mini-program go: the console and whoever listens, never nowhere. */

type ErrorListener = (message: string) => void
type RejectionListener = (event: { reason: unknown; promise: Promise<unknown> }) => void

export const errorListeners = new Set<ErrorListener>()
export const rejectionListeners = new Set<RejectionListener>()

/** For what was caught on its way; what nobody caught is written by the browser itself. */
export function reportError(error: unknown, place = ''): void {
  // oxlint-disable-next-line no-console -- the developer's only view of it
  console.error(place === '' ? error : `${place}:`, ...(place === '' ? [] : [error]))
  tellListeners(error)
}

export function warn(message: string): void {
  // oxlint-disable-next-line no-console -- as WeChat's developer tools do
  console.warn(message)
}

/** Runs what the mini-program wrote; its error is reported and does not stop what comes after. */
export function guarded<T>(work: () => T, place = ''): T | undefined {
  try {
    return work()
  } catch (error) {
    reportError(error, place)
    return undefined
  }
}

export function listenForUncaught(): void {
  addEventListener('error', ({ error, message }) => tellListeners(error ?? message))
  addEventListener('unhandledrejection', ({ reason, promise }) => {
    for (const listener of rejectionListeners) listener({ reason, promise })
  })
}

function tellListeners(error: unknown): void {
  const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  for (const listener of errorListeners) listener(message)
}
