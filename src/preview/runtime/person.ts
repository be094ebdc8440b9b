/** Who looks at the preview, and on what: read from the page's query and kept across reloads of the tab. */

function setting(name: string, fallback: string): string {
  const key = `preview:${name}`
  const asked = new URLSearchParams(location.search).get(name)
  if (asked !== null && asked !== '') sessionStorage.setItem(key, asked)
  return sessionStorage.getItem(key) ?? fallback
}

/** The name behind `wx.login`; storage and files are kept apart by it. */
export const person =
  setting('as', 'visitor')
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .slice(0, 32) || 'visitor'

/** As `getDeviceInfo` tells it: `devtools`, `ios`, `android`, `windows`, … */
export const platform = setting('platform', 'devtools')

/** The letters' size that the person has set in WeChat, in px; 16 is the usual one. */
export const fontSize = Math.min(40, Math.max(10, Number(setting('font', '16')) || 16))
