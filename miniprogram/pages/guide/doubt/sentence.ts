// A note without the label that already stands before it.

export const sentence = (note: string): string => note.replace(/[，。；]?以窗口公布为准。?$/, '')
