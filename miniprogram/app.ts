// Starts the mini-program: the words of the codes, and who is here.
import { start } from './services/session'
import { loadWords } from './services/words'

App({
  onLaunch() {
    // Both are asked for again where they are needed: without a network the mini-program still opens.
    loadWords().catch(() => undefined)
    start().catch(() => undefined)
  },
})
