// Cuts text into what can be looked up: pairs of Chinese characters, because words have no borders, and Latin words.

export interface Run {
  text: string
  isHan: boolean
}

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const HAN = /^\p{Script=Han}/u

function foldOne(character: string): string {
  const plain = character.normalize('NFKC').toLowerCase()
  return plain.length === character.length ? plain : character
}

/** Full width to half width, upper case to lower case. The length stays, so offsets hold in the original text. */
export function fold(text: string): string {
  return text.replace(/[^\u4e00-\u9fff\u0020-\u0040\u005b-\u007e]/gu, foldOne)
}

/** Stretches of Chinese and of Latin letters with digits in a folded text; everything else divides. */
export function runs(folded: string): Run[] {
  return Array.from(folded.matchAll(RUN), ([text]) => ({ text, isHan: HAN.test(text) }))
}

/** 应急预案 → 应急, 急预, 预案. A single character stays as it is. */
export function bigrams(han: string): string[] {
  const characters = Array.from(han)
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}

/** The terms of a text that go into the index: pairs, single characters for those who type one, and Latin words. */
export function terms(text: string): string[] {
  return runs(fold(text)).flatMap(({ text: run, isHan }) => {
    if (!isHan) return [run]
    const characters = Array.from(run)
    return characters.length === 1 ? characters : [...bigrams(run), ...characters]
  })
}
