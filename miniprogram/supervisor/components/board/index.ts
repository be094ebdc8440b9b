// The board of supervisors and leaders.
Component({
  methods: {
    /** Fetches what is shown anew. */
    async refresh() {},
  },
})
