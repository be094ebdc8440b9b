/** Work for after the next layout; a hidden tab draws no frames, and a timer stands in. */

const WITHOUT_FRAMES_MS = 100

export function afterLayout(work: () => void): void {
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    clearTimeout(timer)
    work()
  }
  const timer = setTimeout(once, WITHOUT_FRAMES_MS)
  requestAnimationFrame(once)
}
