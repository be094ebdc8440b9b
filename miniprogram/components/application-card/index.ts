// An application at the window as a card of a list; a tap tells the page which.
import type { lineOf } from '../../services/applicationWords'

Component({
  properties: {
    /** A line of `services/applicationWords`. */
    line: { type: Object, value: {} as ReturnType<typeof lineOf> },
  },
  methods: {
    open() {
      this.triggerEvent('open', { id: this.data.line.id })
    },
  },
})
