// Says of a place of a guide that nobody has confirmed it, and why; nothing where it has been.
import { sentence } from './sentence'

Component({
  properties: {
    note: { type: String, value: '' },
  },
  data: { text: '' },
  observers: {
    note(note: string) {
      this.setData({ text: sentence(note) })
    },
  },
})
