// The officer’s desk: what is due, new and waiting.
Component({
  methods: {
    /** Fetches what is shown anew. */
    async refresh() {},
  },
})
