// What is asked for before something is done: a text, and perhaps one of two ways.

export interface Choice {
  code: string
  word: string
}
export interface Question {
  /** The name of its draft. */
  form: string
  title: string
  /** What it is about, in somebody's own words. */
  about?: string
  label: string
  hint: string
  button: string
  most: number
  /** One line only. */
  isLine: boolean
  choices: Choice[]
  /** With this choice the text may be left out; `*` with any. */
  freeCode: string
}

/** Before anything is asked. */
export const noQuestion: Question = {
  form: '',
  title: '',
  label: '',
  hint: '',
  button: '',
  most: 1000,
  isLine: false,
  choices: [],
  freeCode: '',
}
