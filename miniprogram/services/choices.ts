// The codes of a list with their words, as answers to choose from.
import type { Words } from './api'
import { wordsOf } from './words'

export const choicesOf = (group: keyof Words): { value: string; label: string }[] =>
  wordsOf(group).map(({ code, word }) => ({ value: code, label: word }))
