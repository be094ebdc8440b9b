// One question of a form: its label, what helps to answer it, the answer as slot, and what is wrong with it.

Component({
  properties: {
    label: { type: String, value: '' },
    hint: { type: String, value: '' },
    error: { type: String, value: '' },
    isOptional: { type: Boolean, value: false },
  },
})
