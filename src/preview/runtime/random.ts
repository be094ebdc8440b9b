/** Short random names, for files, codes and element ids. */

export function randomName(length = 12): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('')
}
