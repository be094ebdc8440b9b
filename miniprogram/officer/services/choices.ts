// The codes of a list with their words, as answers to choose from.
import type { Words } from '../../services/api'
import { wordsOf } from '../../services/words'

export const choicesOf = (group: keyof Words): { value: string; label: string }[] =>
  wordsOf(group).map(({ code, word }) => ({ value: code, label: word }))
