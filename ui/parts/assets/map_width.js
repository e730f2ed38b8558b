// Tells the server how wide the container of a map is, when the map was laid out for another width.

const DELAY_MS = 250 // while a window is being resized

// A map that is laid out for more than there is would be cut off; one for much less, needlessly small.
const fits = (laidOut, width, widest) => laidOut <= width + 2 && laidOut >= 0.85 * Math.min(width, widest)

export default function ({ data, parentElement, setStateValue }) {
  const ruler = parentElement.querySelector(".ruler")
  let timer = 0
  let isFirst = true
  const report = () => {
    const width = Math.round(ruler.getBoundingClientRect().width)
    if (width > 0 && !fits(data.width, width, data.widest)) setStateValue("width", Math.min(width, data.widest))
  }
  const observer = new ResizeObserver(() => {
    clearTimeout(timer)
    timer = setTimeout(report, isFirst ? 0 : DELAY_MS)
    isFirst = false
  })
  observer.observe(ruler)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
  }
}
