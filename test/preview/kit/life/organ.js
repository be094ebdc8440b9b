// Writes down what happens to a component.
const said = (what) => function () {
  globalThis.lifeLog.push(what)
}

Component({
  lifetimes: { attached: said('organ attached'), ready: said('organ ready'), detached: said('organ detached') },
  pageLifetimes: { show: said('organ show'), hide: said('organ hide') },
  methods: { beat: () => 'beats' },
})
