// Tells the server how wide the container of a map is, when the map was laid out for another width, or that of a chart,
// when it is on the other side of the limit between the two forms of the chart. Leaves the
// wheel to the page: only with Ctrl (or Cmd) it zooms the map, so that the map does not stop a reader who scrolls.

const DELAY_MS = 250 // while a window is being resized

// A map that is laid out for more than there is would be cut off; one for much less, needlessly small.
const fits = ({ width: laidOut, widest, limit }, width) =>
  limit ? laidOut < limit === width < limit : laidOut <= width + 2 && laidOut >= 0.85 * Math.min(width, widest)

const leaveWheelToPage = (event) => {
  if (!event.ctrlKey && !event.metaKey && event.target.closest?.('[data-testid="stDeckGlJsonChart"]')) event.stopPropagation()
}

export default function ({ data, parentElement, setStateValue }) {
  const ruler = parentElement.querySelector(".ruler")
  let timer = 0
  let isFirst = true
  const report = () => {
    const width = Math.round(ruler.getBoundingClientRect().width)
    if (width > 0 && !fits(data, width)) setStateValue("width", Math.min(width, data.widest))
  }
  const observer = new ResizeObserver(() => {
    clearTimeout(timer)
    timer = setTimeout(report, isFirst ? 0 : DELAY_MS)
    isFirst = false
  })
  observer.observe(ruler)
  // The container of the map and of this ruler; capturing, so that the map does not hear of the wheel at all.
  const container = (parentElement.host ?? parentElement).closest('[data-testid="stVerticalBlock"]')
  container.addEventListener("wheel", leaveWheelToPage, { capture: true, passive: true })
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    container.removeEventListener("wheel", leaveWheelToPage, { capture: true })
  }
}
