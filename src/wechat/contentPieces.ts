// Cuts a long text into pieces that WeChat's text check accepts, at the ends of paragraphs, sentences or clauses.

/** msgSecCheck: 文本字数的上限为 2500 字. Counted in UTF-16 units, which is never fewer than WeChat's characters. */
export const MAX_PIECE = 2500
/** How far before the limit a good place to cut is looked for. */
const WINDOW = 600
/** Without a good place the next piece begins this much earlier, so that a word cut in two is still seen whole. */
const OVERLAP = 50

const ENDS = [/\n/g, /[。！？；!?;]|\.\s/g, /[，、：,:\s]/g]

function goodEnd(text: string): number | undefined {
  const from = text.length - WINDOW
  for (const end of ENDS) {
    const last = [...text.matchAll(end)].filter(({ index }) => index >= from).at(-1)
    if (last) return last.index + last[0].length
  }
  return undefined
}

const isHighSurrogate = (text: string, at: number) => /[\uD800-\uDBFF]/.test(text.charAt(at))

/** Halves of characters become U+FFFD: WeChat refuses them as malformed JSON. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

/** Pieces without anything but blanks are left out; an empty text gives none. */
export function contentPieces(content: string): string[] {
  let rest = wellFormed(content)
  const pieces: string[] = []
  while (rest.length > MAX_PIECE) {
    const head = rest.slice(0, MAX_PIECE)
    const end = goodEnd(head)
    const hardEnd = isHighSurrogate(head, MAX_PIECE - 1) ? MAX_PIECE - 1 : MAX_PIECE
    pieces.push(head.slice(0, end ?? hardEnd))
    let next = end ?? hardEnd - OVERLAP
    if (isHighSurrogate(rest, next - 1)) next -= 1
    rest = rest.slice(next)
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '')
}
