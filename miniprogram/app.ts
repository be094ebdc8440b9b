// Starts the mini-program: the words of the codes, who is here, and what waits to be sent.
import { startOutbox } from './services/phoneOutbox'
import { start } from './services/session'
import { loadWords } from './services/words'

App({
  onLaunch() {
    // Both are asked for again where they are needed: without a network the mini-program still opens.
    loadWords().catch(() => undefined)
    start().catch(() => undefined)
    startOutbox()
  },
})
