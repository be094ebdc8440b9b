// What was typed and not yet sent, kept on the phone at every key stroke, with the key under which it will be sent.
import { newId } from './identifier'

export interface Draft<T> {
  /** Sent as the Idempotency-Key, so that a draft is handed in once however often it is tried. */
  key: string
  fields: T
}

const nameOf = (form: string) => `draft.${form}`

/** The draft of that form, or a new one. */
export function readDraft<T extends object>(form: string, empty: T): Draft<T> {
  const kept = wx.getStorageSync<Draft<T>>(nameOf(form))
  return kept ? { ...kept, fields: { ...empty, ...kept.fields } } : { key: newId(), fields: empty }
}

export function keepDraft<T extends object>(form: string, draft: Draft<T>): void {
  wx.setStorageSync(nameOf(form), draft)
}

/** After it was taken, or thrown away by its writer. */
export function dropDraft(form: string): void {
  wx.removeStorageSync(nameOf(form))
}
