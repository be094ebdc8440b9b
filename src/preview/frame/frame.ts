/** The page around the phone: whoever is chosen is the one whom the app logs in; the address remembers it. */
const FIRST = 'enterprise'
/** A name that begins like this is nobody's yet. */
const NEWCOMER = 'visitor-'

const app = document.querySelector<HTMLIFrameElement>('#app')
const choice = document.querySelector<HTMLSelectElement>('#choice')
const cards = [...document.querySelectorAll<HTMLAnchorElement>('a[data-as]')]

/** Of the address: `as`, and what else the app reads of it, such as `font` and `platform`. */
const settings = () => new URLSearchParams(location.search)
const person = () => settings().get('as') ?? FIRST
/** The entry of the list for a person. */
const entryOf = (name: string) => (name.startsWith(NEWCOMER) ? NEWCOMER : name)

function show(): void {
  const asked = settings()
  asked.set('as', person())
  // replaced, not navigated to: the way back of the browser is the way through the people
  app?.contentWindow?.location.replace(`/preview/index.html?${asked}${location.hash}`)
  mark()
}

function mark(): void {
  const entry = entryOf(person())
  for (const card of cards) {
    if (card.dataset['as'] === entry) card.setAttribute('aria-current', 'true')
    else card.removeAttribute('aria-current')
  }
  if (choice) choice.value = entry
}

function choose(entry: string, remember: 'pushState' | 'replaceState' = 'pushState'): void {
  const name = entry === NEWCOMER ? NEWCOMER + Math.random().toString(36).slice(2, 8) : entry
  const asked = settings()
  asked.set('as', name)
  history[remember](null, '', `/?${asked}`)
  show()
}

if (choice) {
  for (const card of cards) {
    card.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      choose(card.dataset['as'] ?? FIRST)
    })
  }
  choice.addEventListener('change', () => choose(choice.value))
  addEventListener('popstate', show)
  if (person() === NEWCOMER) choose(NEWCOMER, 'replaceState')
  else show()
}
