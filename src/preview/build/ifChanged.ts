/** Builds only where something has changed; the builder and its libraries are loaded only then. */
import { stampFor, stampOf } from './fingerprint.js'
import type { PreviewOptions } from './options.js'

/** Whether anything had to be built. @throws BuildFailed naming every place that has to be mended */
export async function buildIfChanged(options: PreviewOptions): Promise<boolean> {
  if (stampOf(options.out) === stampFor(options)) return false
  const { buildPreview } = await import('./build.js')
  await buildPreview(options)
  return true
}
