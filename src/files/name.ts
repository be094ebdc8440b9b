// Cleans the name that a sender gave a file: it is shown to people and written into headers, and never used as a path.

export const NAME_MAX = 100
const NAMELESS = '未命名'

/** Base name without control, format and half characters, at most 100 characters, its extension kept when cut. */
export function cleanName(raw: string): string {
  const base = raw.split(/[/\\]/).at(-1) ?? ''
  // Format characters (Cf) include the marks that turn the writing direction and so hide an extension.
  const plain = base
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  const characters = Array.from(plain)
  if (characters.length === 0 || /^\.+$/.test(plain)) return NAMELESS
  if (characters.length <= NAME_MAX) return plain
  const extension = plain.match(/\.[A-Za-z0-9]{1,8}$/)?.[0] ?? ''
  return characters.slice(0, NAME_MAX - extension.length).join('') + extension
}
