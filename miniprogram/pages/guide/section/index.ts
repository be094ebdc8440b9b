// A part of a guide under its heading, which opens and closes it.

Component({
  properties: {
    heading: { type: String, value: '' },
    /** Beside the heading, such as how many there are. */
    hint: { type: String, value: '' },
    isOpen: { type: Boolean, value: false },
  },
  methods: {
    toggle() {
      this.setData({ isOpen: !this.data.isOpen })
    },
  },
})
